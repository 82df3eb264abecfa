//! Settings, themes and paths: what the user wrote, read strictly; other rooms give it meaning.

pub mod theme;
