//! What is handed to others: text for the clipboard, addresses for the browser.

use std::io;
use std::process::{Command, Stdio};
use std::thread;

/// Most bytes a terminal is asked to put on the clipboard; several take no more.
const CLIPBOARD_MAX: usize = 74_000;

/// The control sequence (OSC 52) that puts `text` on the clipboard of the terminal, over
/// remote connections too; `None` if it is too long.
#[must_use]
pub fn copy_sequence(text: &str) -> Option<String> {
    (text.len() <= CLIPBOARD_MAX).then(|| format!("\x1b]52;c;{}\x07", base64(text.as_bytes())))
}

/// Base 64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |at: usize| u32::from(chunk.get(at).copied().unwrap_or_default());
        let group = byte(0) << 16 | byte(1) << 8 | byte(2);
        for digit in 0..4 {
            if digit <= chunk.len() {
                let index = group >> (18 - 6 * digit) & 63;
                text.push(char::from(DIGITS[index as usize]));
            } else {
                text.push('=');
            }
        }
    }
    text
}

/// Whether an address may be handed to the browser: of the web, and nothing but an address.
#[must_use]
pub fn is_web_address(address: &str) -> bool {
    let lower = address.to_ascii_lowercase();
    (lower.starts_with("http://") || lower.starts_with("https://"))
        && address.chars().all(|c| !c.is_control() && !c.is_whitespace())
}

/// Opens an address in the user's browser, without waiting for it and apart from the terminal.
///
/// # Errors
/// If it is no web address, or the system's opener cannot be started.
pub fn open_link(address: &str) -> io::Result<()> {
    if !is_web_address(address) {
        return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("no web address: {address}")));
    }
    let opener = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(opener);
    let command = command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    let mut child = command.spawn()?;
    // Someone has to ask for its end, or it stays in the table of processes.
    thread::spawn(move || child.wait());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_follows_the_examples_of_the_standard() {
        for (plain, coded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
            ("ä", "w6Q="),
        ] {
            assert_eq!(base64(plain.as_bytes()), coded);
        }
    }

    #[test]
    fn what_is_copied_cannot_leave_its_sequence() {
        let sequence = copy_sequence("a\x07\x1b\\b").unwrap();
        assert_eq!(sequence, "\x1b]52;c;YQcbXGI=\x07");
        assert_eq!(copy_sequence(&"x".repeat(CLIPBOARD_MAX + 1)), None);
    }

    #[test]
    fn only_web_addresses_are_opened() {
        for (address, opened) in [
            ("https://example.org/a?b=c&d", true),
            ("HTTP://example.org", true),
            ("file:///etc/passwd", false),
            ("--help", false),
            ("javascript:alert(1)", false),
            ("https://example.org/\n--x", false),
            ("", false),
        ] {
            assert_eq!(is_web_address(address), opened, "{address}");
        }
        assert!(open_link("file:///etc/passwd").is_err());
    }
}
