//! What the library does when the file, the disk or another program is against it.
#![allow(clippy::unwrap_used, reason = "a fixture that cannot be built is a failed test")]

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use lesart::library::{FILE, Library};
use tempfile::TempDir;

fn folder() -> TempDir {
    tempfile::tempdir().expect("a folder can be made")
}

/// Runs the program on the library in `folder`; as a user without rights to it where this one may
/// write everything.
fn run(folder: &Path, arguments: &[&str], as_guest: bool) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lesart"));
    command
        .args(arguments)
        .env_clear()
        .env("HOME", folder)
        .env("LANG", "en_GB.UTF-8")
        .env("LESART_LIBRARY", folder)
        .stdin(Stdio::null());
    #[cfg(unix)]
    if as_guest {
        use std::os::unix::fs::MetadataExt;
        use std::os::unix::process::CommandExt;
        if fs::metadata(folder).unwrap().uid() == 0 {
            command.uid(65534).gid(65534);
        }
    }
    command.output().expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn with_three(folder: &Path) {
    let library = Library::open(folder).unwrap();
    let texts = folder.join("texts");
    fs::create_dir(&texts).unwrap();
    for (name, words) in [("a", "Die Brücke wurde"), ("b", "Das Rathaus wurde"), ("c", "Der Hafen wurde")] {
        let text = format!("{words} am Montag gesperrt. Das teilte die Stadt am Abend mit.");
        fs::write(texts.join(format!("{name}.txt")), text).unwrap();
    }
    library.import(&[texts], &|_| true).unwrap();
}

#[cfg(unix)]
#[test]
fn a_library_that_may_not_be_written_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let home = folder();
    with_three(home.path());
    let mode = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
    mode(&home.path().join(FILE), 0o444);
    mode(home.path(), 0o555);
    let before = fs::read(home.path().join(FILE)).unwrap();

    let list = run(home.path(), &["list"], true);
    assert!(list.status.success(), "{}", said(&list));
    assert_eq!(String::from_utf8_lossy(&list.stdout).matches("Montag").count(), 3);
    let found = run(home.path(), &["search", "rathaus"], true);
    assert!(found.status.success(), "{}", said(&found));
    let compared = run(home.path(), &["compare", "1", "2"], true);
    assert!(compared.status.success(), "{}", said(&compared));
    let refused = run(home.path(), &["import", "seeds"], true);
    assert_eq!(refused.status.code(), Some(2));
    assert!(said(&refused).contains("cannot be written"), "{}", said(&refused));
    mode(home.path(), 0o755);
    assert_eq!(fs::read(home.path().join(FILE)).unwrap(), before);
}
