//! Texts of PDF files, through `pdftotext` where it is installed.

use std::io::{self, Read, Write};
use std::process::{Command, Stdio};
use std::thread;

use crate::model::RefusalReason;

/// First bytes of such files.
pub(super) const MAGIC: &[u8] = b"%PDF-";

/// Longest text taken of one file.
const LONGEST_BYTES: u64 = 16 << 20;

/// The text of a PDF file, from its bytes; what cannot be read says what helps.
pub(super) fn text(bytes: Vec<u8>) -> Result<Vec<u8>, RefusalReason> {
    text_by("pdftotext", bytes)
}

fn text_by(program: &str, bytes: Vec<u8>) -> Result<Vec<u8>, RefusalReason> {
    let refused = |why: &str| RefusalReason::NotUnderstood(why.to_owned());
    let mut child = Command::new(program)
        .args(["-q", "-enc", "UTF-8", "-eol", "unix", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                refused("a PDF file; its text is read where the program pdftotext (of poppler) is installed")
            }
            _ => refused(&format!("a PDF file, and pdftotext cannot be started ({error})")),
        })?;
    let input = child.stdin.take();
    // Who writes all before reading waits for ever on a program that answers meanwhile.
    let writer = thread::spawn(move || {
        if let Some(mut input) = input {
            // A program that has seen enough closes its end.
            let _ = input.write_all(&bytes);
        }
    });
    let mut text = Vec::new();
    let read = child.stdout.take().map_or(Ok(0), |out| out.take(LONGEST_BYTES).read_to_end(&mut text));
    if text.len() as u64 == LONGEST_BYTES {
        let _ = child.kill();
    }
    let ended = child.wait();
    let _ = writer.join();
    match (read, ended) {
        (Ok(_), Ok(status)) if status.success() || !text.is_empty() => Ok(text),
        (Ok(_), Ok(_)) => {
            Err(refused("a PDF file whose text cannot be read (damaged, or locked by a password)"))
        }
        (Err(error), _) | (_, Err(error)) => {
            Err(refused(&format!("a PDF file, and pdftotext failed ({error})")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_the_program_the_user_is_told_what_helps() {
        let Err(RefusalReason::NotUnderstood(why)) = text_by("no-such-program-here", b"%PDF-1.7".to_vec())
        else {
            panic!("refused")
        };
        assert!(why.contains("pdftotext"), "{why}");
    }

    #[test]
    fn what_the_program_says_is_the_text() {
        // Any program that fails without a word stands for a PDF that it cannot read.
        assert!(text_by("false", b"%PDF-1.7".to_vec()).is_err());
        // One that does not read its input does not block.
        assert!(text_by("true", vec![b' '; 4 << 20]).is_ok());
    }
}
