//! Texts of PDF files, through `pdftotext` where it is installed.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::channel;
use std::thread;
use std::time::{Duration, Instant};

use crate::model::RefusalReason;

/// First bytes of such files.
pub(super) const MAGIC: &[u8] = b"%PDF-";

/// Longest text taken of one file.
const LONGEST_BYTES: u64 = 16 << 20;

/// How often it is looked whether the program has ended.
const GLANCE: Duration = Duration::from_millis(5);

/// A program that reads a PDF file from its standard input and writes the text to its standard output.
struct Converter<'a> {
    program: &'a str,
    arguments: &'a [&'a str],
    /// It is killed where it has not ended by then.
    limit: Duration,
}

/// Large books take seconds; what takes longer than a minute goes round in circles.
const PDFTOTEXT: Converter<'_> = Converter {
    program: "pdftotext",
    arguments: &["-q", "-enc", "UTF-8", "-eol", "unix", "-", "-"],
    limit: Duration::from_secs(60),
};

/// The text of a PDF file, from its bytes; what cannot be read says what helps.
pub(super) fn text(bytes: Vec<u8>) -> Result<Vec<u8>, RefusalReason> {
    PDFTOTEXT.text(bytes)
}

impl Converter<'_> {
    fn text(&self, bytes: Vec<u8>) -> Result<Vec<u8>, RefusalReason> {
        let failed =
            |error: &dyn std::error::Error| refused(&format!("a PDF file, and pdftotext failed ({error})"));
        let end = Instant::now() + self.limit;
        let mut child = self.start()?;
        let text = exchange(&mut child, bytes, self.limit);
        if !matches!(&text, Ok(text) if text.len() as u64 <= LONGEST_BYTES) {
            let _ = child.kill();
        }
        let ended = ended_by(&mut child, end).map_err(|e| failed(&e))?;
        let text =
            text.map_err(|e| if e.kind() == io::ErrorKind::TimedOut { self.late() } else { failed(&e) })?;
        if text.len() as u64 > LONGEST_BYTES {
            return Err(RefusalReason::TooLarge { bytes: text.len() as u64, limit_bytes: LONGEST_BYTES });
        }
        match ended {
            None => Err(self.late()),
            Some(status) if status.success() => Ok(text),
            // Whatever it wrote until then may end anywhere.
            Some(_) => {
                Err(refused("a PDF file whose text cannot be read (damaged, or locked by a password)"))
            }
        }
    }

    fn start(&self) -> Result<Child, RefusalReason> {
        Command::new(self.program)
            .args(self.arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound => refused(
                    "a PDF file; its text is read where the program pdftotext (of poppler) is installed",
                ),
                _ => refused(&format!("a PDF file, and pdftotext cannot be started ({error})")),
            })
    }

    fn late(&self) -> RefusalReason {
        let seconds = self.limit.as_secs();
        refused(&format!("a PDF file that pdftotext has not read within {seconds} seconds"))
    }
}

fn refused(why: &str) -> RefusalReason {
    RefusalReason::NotUnderstood(why.to_owned())
}

/// What a program answers to `bytes`, and a byte more than may be taken where it is longer; `TimedOut` where
/// the answer has not ended within `limit`.
fn exchange(child: &mut Child, bytes: Vec<u8>, limit: Duration) -> io::Result<Vec<u8>> {
    let (Some(mut input), Some(output)) = (child.stdin.take(), child.stdout.take()) else {
        return Ok(Vec::new());
    };
    // Who writes all before reading waits for ever on a program that answers meanwhile. Neither thread is
    // waited for: they end with the program, and with all that it has started.
    let thread = |name: &str| thread::Builder::new().name(name.to_owned());
    thread("to pdftotext").spawn(move || {
        // A program that has seen enough closes its end.
        let _ = input.write_all(&bytes);
    })?;
    let (sender, answer) = channel();
    thread("of pdftotext").spawn(move || {
        let mut text = Vec::new();
        let read = output.take(LONGEST_BYTES + 1).read_to_end(&mut text);
        let _ = sender.send(read.map(|_| text));
    })?;
    answer.recv_timeout(limit).unwrap_or_else(|_| Err(io::ErrorKind::TimedOut.into()))
}

/// How a program has ended; `None` where it had to be killed at `end`.
fn ended_by(child: &mut Child, end: Instant) -> io::Result<Option<ExitStatus>> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Some(status));
        }
        if Instant::now() >= end {
            child.kill()?;
            child.wait()?;
            return Ok(None);
        }
        thread::sleep(GLANCE);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PDF: &[u8] = b"%PDF-1.7";

    /// Another program in the place of pdftotext.
    fn by(program: &str, arguments: &[&str], limit: Duration) -> Result<String, RefusalReason> {
        let text = Converter { program, arguments, limit }.text(PDF.to_vec())?;
        Ok(String::from_utf8(text).unwrap())
    }

    fn shell(script: &str) -> Result<String, RefusalReason> {
        by("sh", &["-c", script], Duration::from_secs(60))
    }

    #[test]
    fn without_the_program_the_user_is_told_what_helps() {
        let Err(RefusalReason::NotUnderstood(why)) = by("no-such-program-here", &[], PDFTOTEXT.limit) else {
            panic!("refused")
        };
        assert!(why.contains("pdftotext"), "{why}");
    }

    #[test]
    fn what_the_program_says_is_the_text() {
        assert_eq!(shell("cat"), Ok("%PDF-1.7".to_owned()));
        // One that does not read its input does not block.
        let deaf = Converter { program: "true", arguments: &[], limit: PDFTOTEXT.limit };
        assert_eq!(deaf.text(vec![b' '; 4 << 20]), Ok(Vec::new()));
    }

    #[test]
    fn a_program_that_fails_has_read_nothing_whatever_it_said() {
        for script in ["exit 1", "echo Anfang; exit 3", "echo Anfang; kill -9 $$"] {
            let Err(RefusalReason::NotUnderstood(why)) = shell(script) else { panic!("refused: {script}") };
            assert!(why.contains("damaged"), "{why}");
        }
    }

    #[test]
    fn a_text_without_end_is_too_large() {
        assert_eq!(
            by("yes", &[], Duration::from_secs(60)),
            Err(RefusalReason::TooLarge { bytes: LONGEST_BYTES + 1, limit_bytes: LONGEST_BYTES })
        );
    }

    #[test]
    fn a_program_without_end_is_killed() {
        let start = Instant::now();
        for script in ["exec sleep 60", "echo Anfang; exec sleep 60", "exec >&-; exec sleep 60"] {
            let Err(RefusalReason::NotUnderstood(why)) =
                by("sh", &["-c", script], Duration::from_millis(100))
            else {
                panic!("refused: {script}")
            };
            assert!(why.contains("has not read"), "{why}");
        }
        assert!(start.elapsed() < Duration::from_secs(30));
    }
}
