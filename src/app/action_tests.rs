use super::*;

#[test]
fn the_table_names_every_action_at_its_place() {
    for (index, info) in ACTIONS.iter().enumerate() {
        assert_eq!(info.action as usize, index, "{}", info.name);
        assert_eq!(info.action.info(), info);
        assert_eq!(Action::from_name(info.name), Some(info.action), "two actions are called '{}'", info.name);
    }
    assert_eq!(ACTIONS.len(), Action::Redraw as usize + 1, "the last variant is the last row");
}

#[test]
fn names_are_words_in_lower_case_joined_by_hyphens() {
    for info in ACTIONS {
        assert!(info.name.chars().all(|c| c.is_ascii_lowercase() || c == '-'), "{}", info.name);
    }
}

#[test]
fn descriptions_fit_a_line_of_help() {
    for info in ACTIONS {
        for text in [info.de, info.en] {
            assert!(!text.is_empty() && text.chars().count() <= 66, "{text}");
        }
    }
}

#[test]
fn scopes_read_back_by_their_names() {
    for scope in Scope::ALL {
        assert_eq!(Scope::from_name(scope.name()), Some(scope));
    }
    assert_eq!(Scope::from_name("Reader"), None);
}
