//! Documents from the web, and only those that the user asked for.
//!
//! Conditional, polite and bounded: the server's marks of the last state go with each request, waits that
//! it asks for come back to the caller, no answer may be larger or slower than [`Limits`], and no way
//! leads off the web. Knows nothing of what the documents say.

mod head;
mod round;

use std::io::{self, Read};
use std::net::IpAddr;
use std::time::Duration;

use ureq::http::Response;
use ureq::{Agent, Body};

use crate::model::address::{host, resolve};
use crate::model::{Fetched, Missed, Trouble, Validators};

pub use round::round;

/// What a server is told of who asks.
const NAME: &str = concat!("lesart/", env!("CARGO_PKG_VERSION"), " (feed reader for the terminal)");

/// What is preferred where a server has several forms.
const ACCEPT: &str = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5";

/// Bounds of a request.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// For one request as a whole, redirects apart.
    pub whole: Duration,
    /// Largest document, unpacked.
    pub bytes: usize,
    /// Most redirects.
    pub hops: usize,
    /// Most hosts asked at a time.
    pub hosts: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            whole: Duration::from_secs(30),
            bytes: 16 << 20,
            hops: 5,
            hosts: 8,
        }
    }
}

/// Largest page that is asked for, unpacked: pages carry far more than their text.
const LARGEST_PAGE: usize = 32 << 20;

/// Asks servers; clones share their connections.
#[derive(Clone, Debug)]
pub struct Fetcher {
    agent: Agent,
    limits: Limits,
}

impl Default for Fetcher {
    fn default() -> Self {
        Self::new(Limits::default())
    }
}

impl Fetcher {
    /// A fetcher within these limits. A proxy is taken from the environment, as other programs do, but never
    /// for this machine itself, which a proxy elsewhere cannot reach.
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        let config = Agent::config_builder()
            .timeout_connect(Some(limits.connect))
            .timeout_global(Some(limits.whole))
            .max_redirects(0)
            .max_redirects_will_error(false)
            .http_status_as_error(false)
            .max_idle_connections_per_host(1)
            .user_agent(NAME)
            .accept(ACCEPT)
            .build();
        Self { agent: config.new_agent(), limits }
    }

    /// A fetcher for the pages of articles.
    #[must_use]
    pub fn for_pages() -> Self {
        Self::new(Limits { bytes: LARGEST_PAGE, ..Limits::default() })
    }

    /// The document at `url`, unless it is the same as when its server gave `validators`.
    ///
    /// # Errors
    /// [`Missed`] with the reason, and the time the server wants to be left alone.
    pub fn get(&self, url: &str, validators: &Validators) -> Result<Fetched, Missed> {
        let mut url = resolve("", url).ok_or(Trouble::Address)?;
        askable(&url)?;
        let mut moved = None;
        // A page moved for good as long as no hop on the way is for now only.
        let mut for_good = true;
        let mut seen = vec![without_fragment(&url)];
        loop {
            let answer = self.ask(&url, validators)?;
            let status = answer.status().as_u16();
            if !matches!(status, 301 | 302 | 303 | 307 | 308) {
                return self.take(answer, url, moved);
            }
            let target = head::text(answer.headers(), "location").ok_or(Trouble::Status(status))?;
            url = resolve(&url, &target).ok_or(Trouble::LedAway)?;
            askable(&url)?;
            if seen.len() > self.limits.hops || seen.contains(&without_fragment(&url)) {
                return Err(Trouble::Circle.into());
            }
            seen.push(without_fragment(&url));
            // Nor is a safe address given up for one that is not.
            let is_less_safe = seen.iter().any(|url| url.starts_with("https:")) && url.starts_with("http:");
            for_good &= matches!(status, 301 | 308) && !is_less_safe;
            if for_good {
                moved = Some(without_fragment(&url));
            }
        }
    }

    /// Asks once, and once more where the connection broke off before any answer: one that was kept open
    /// from the last request may be closed by now.
    fn ask(&self, url: &str, validators: &Validators) -> Result<Response<Body>, Missed> {
        match self.ask_once(url, validators) {
            Err(Missed { trouble: Trouble::Broken, .. }) => self.ask_once(url, validators),
            answer => answer,
        }
    }

    fn ask_once(&self, url: &str, validators: &Validators) -> Result<Response<Body>, Missed> {
        let mut request = self.agent.get(head::ascii(&without_fragment(url)));
        if let Some(etag) = &validators.etag {
            request = request.header("If-None-Match", etag);
        }
        if let Some(modified) = &validators.modified {
            request = request.header("If-Modified-Since", modified);
        }
        if is_here(url) {
            request = request.config().proxy(None).build();
        }
        request.call().map_err(|error| trouble(&error).into())
    }

    /// The document of a last answer.
    fn take(&self, answer: Response<Body>, url: String, moved: Option<String>) -> Result<Fetched, Missed> {
        let head = answer.headers();
        let retry_s = head::retry_s(head);
        let mut fetched = Fetched {
            url,
            moved,
            bytes: None,
            charset: head::charset(head),
            validators: Validators {
                etag: head::text(head, "etag"),
                modified: head::text(head, "last-modified"),
            },
            fresh_s: head::fresh_s(head),
        };
        let missed = |trouble| Err(Missed { trouble, retry_s });
        match answer.status().as_u16() {
            200 | 203 => {}
            304 => return Ok(fetched),
            410 => return missed(Trouble::Gone),
            status @ (429 | 503) => return missed(Trouble::Wait(status)),
            status => return missed(Trouble::Status(status)),
        }
        let limit = self.limits.bytes;
        let mut bytes = Vec::new();
        // Counted behind the unpacking: a few kilobytes may unpack to gigabytes.
        let mut body = answer.into_body().into_reader().take(limit as u64 + 1);
        body.read_to_end(&mut bytes).map_err(|error| trouble_of_io(&error))?;
        if bytes.len() > limit {
            return missed(Trouble::TooLarge);
        }
        fetched.bytes = Some(bytes);
        Ok(fetched)
    }
}

/// Whether the host of an address can be asked for by its name.
fn askable(url: &str) -> Result<(), Trouble> {
    if host(url).is_some_and(|host| !host.is_ascii()) { Err(Trouble::HostLetters) } else { Ok(()) }
}

/// Whether an address names this machine itself.
fn is_here(url: &str) -> bool {
    let host = host(url).unwrap_or_default();
    let name = host
        .rsplit_once(':')
        .filter(|(_, port)| !port.ends_with(']'))
        .map_or(host.as_str(), |(name, _)| name);
    let name = name.trim_matches(['[', ']']);
    name == "localhost" || name.parse().is_ok_and(|ip: IpAddr| ip.is_loopback())
}

fn without_fragment(url: &str) -> String {
    url.split('#').next().unwrap_or_default().to_owned()
}

impl From<Trouble> for Missed {
    fn from(trouble: Trouble) -> Self {
        Self { trouble, retry_s: None }
    }
}

fn trouble(error: &ureq::Error) -> Trouble {
    use ureq::Error;
    match error {
        Error::Timeout(_) => Trouble::Slow,
        Error::HostNotFound => Trouble::NoHost,
        Error::ConnectionFailed => Trouble::NoConnection,
        Error::BadUri(_) | Error::Http(_) => Trouble::Address,
        Error::Io(error) => trouble_of_io(error),
        Error::Tls(_) | Error::Rustls(_) => Trouble::Unsafe,
        _ => Trouble::Broken,
    }
}

fn trouble_of_io(error: &io::Error) -> Trouble {
    // A timeout while the body is read comes wrapped.
    if let Some(inner) = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>()) {
        return match inner {
            ureq::Error::Io(_) => Trouble::Broken,
            inner => trouble(inner),
        };
    }
    match error.kind() {
        io::ErrorKind::TimedOut | io::ErrorKind::WouldBlock => Trouble::Slow,
        io::ErrorKind::ConnectionRefused
        | io::ErrorKind::HostUnreachable
        | io::ErrorKind::NetworkUnreachable
        | io::ErrorKind::AddrNotAvailable => Trouble::NoConnection,
        _ => Trouble::Broken,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_machine_is_known_by_its_names() {
        for (url, expected) in [
            ("http://localhost/x", true),
            ("http://LOCALHOST:8080/", true),
            ("http://127.0.0.1:80/", true),
            ("http://127.8.8.8", true),
            ("http://[::1]/", true),
            ("http://[::1]:8080/", true),
            ("http://localhost.blatt.example/", false),
            ("http://10.0.0.1/", false),
            ("http://[2001:db8::1]/", false),
        ] {
            assert_eq!(is_here(url), expected, "{url}");
        }
    }
}
