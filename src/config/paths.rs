//! Where settings and library live.

use std::path::{Path, PathBuf};

use super::{Environment, Error};

/// The folder of the user's settings; `None` when there is no home to look in.
#[must_use]
pub fn config_folder(environment: &Environment) -> Option<PathBuf> {
    let base = environment.config_home.clone().or_else(|| Some(environment.home.as_ref()?.join(".config")));
    base.map(|b| b.join("lesart"))
}

/// The folder of the library when neither option nor settings name one: `LESART_LIBRARY`, else
/// `lesart` in the user's data folder.
///
/// # Errors
/// [`Error::NoHome`] when no variable says where that is.
pub fn library_folder(environment: &Environment) -> Result<PathBuf, Error> {
    if let Some(folder) = &environment.library {
        return Ok(folder.clone());
    }
    let base = environment.data_home.clone();
    let base = base.or_else(|| Some(environment.home.as_ref()?.join(".local").join("share")));
    Ok(base.ok_or(Error::NoHome)?.join("lesart"))
}

/// `path` as a settings file means it: `~` is the home, and what is relative lies beside the file.
#[must_use]
pub fn resolve(path: &str, folder: &Path, environment: &Environment) -> PathBuf {
    match (path.strip_prefix('~'), &environment.home) {
        (Some(""), Some(home)) => home.clone(),
        (Some(rest), Some(home)) if rest.starts_with('/') => home.join(rest.trim_start_matches('/')),
        _ => folder.join(path),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn home() -> Environment {
        Environment { home: Some(PathBuf::from("/home/ada")), ..Environment::default() }
    }

    #[test]
    fn folders_follow_the_variables() {
        assert_eq!(config_folder(&home()), Some(PathBuf::from("/home/ada/.config/lesart")));
        assert_eq!(library_folder(&home()).unwrap(), Path::new("/home/ada/.local/share/lesart"));
        let set = Environment {
            config_home: Some(PathBuf::from("/etc/xdg")),
            data_home: Some(PathBuf::from("/data")),
            ..home()
        };
        assert_eq!(config_folder(&set), Some(PathBuf::from("/etc/xdg/lesart")));
        assert_eq!(library_folder(&set).unwrap(), Path::new("/data/lesart"));
        let named = Environment { library: Some(PathBuf::from("presse")), ..set };
        assert_eq!(library_folder(&named).unwrap(), Path::new("presse"));
    }

    #[test]
    fn without_a_home_the_error_says_what_to_do() {
        let error = library_folder(&Environment::default()).unwrap_err().to_string();
        assert!(error.contains("HOME") && error.contains("--library"), "{error}");
        assert_eq!(config_folder(&Environment::default()), None);
    }

    #[test]
    fn paths_in_settings_are_meant_from_their_file() {
        let folder = Path::new("/home/ada/.config/lesart");
        for (written, meant) in [
            ("keys.toml", "/home/ada/.config/lesart/keys.toml"),
            ("/srv/keys.toml", "/srv/keys.toml"),
            ("~/keys.toml", "/home/ada/keys.toml"),
            ("~", "/home/ada"),
            ("~eve/keys.toml", "/home/ada/.config/lesart/~eve/keys.toml"),
        ] {
            assert_eq!(resolve(written, folder, &home()), Path::new(meant), "{written}");
        }
    }
}
