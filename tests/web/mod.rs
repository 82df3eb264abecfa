//! A small server on this machine that plays the web.

use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::Command;
use std::sync::{Arc, Mutex};
use std::thread;

/// A server on this machine that answers each path as `answer` says, and remembers what it was asked.
pub struct Server {
    /// Its address without a path.
    pub address: String,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Server {
    /// One that lets `answer` write, given the path and the head of the request.
    pub fn start(answer: impl Fn(&str, &str, &mut TcpStream) + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("it is bound"));
        let asked = Arc::new(Mutex::new(Vec::new()));
        let (log, answer) = (Arc::clone(&asked), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, answer) = (Arc::clone(&log), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &log, &*answer));
            }
        });
        Self { address, asked }
    }

    /// One that answers every path with the same bytes.
    pub fn of(answer: &'static [u8]) -> Self {
        Self::start(move |_, _, stream| {
            let _ = stream.write_all(answer);
        })
    }

    /// The address of a path on it.
    pub fn url(&self, path: &str) -> String {
        format!("{}{path}", self.address)
    }

    /// The heads of all requests so far.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("no thread fell").clone()
    }
}

fn serve(
    mut stream: TcpStream,
    log: &Mutex<Vec<String>>,
    answer: &(dyn Fn(&str, &str, &mut TcpStream) + Send + Sync),
) {
    let mut head = read_head(&mut stream);
    if head.starts_with("CONNECT ") {
        // Asked as a proxy, it plays the host that is wanted.
        let _ = stream.write_all(b"HTTP/1.1 200 OK\r\n\r\n");
        head = read_head(&mut stream);
    }
    let path = head.split(' ').nth(1).unwrap_or_default().to_owned();
    log.lock().expect("no thread fell").push(head.clone());
    answer(&path, &head, &mut stream);
}

fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    let mut byte = [0];
    while !head.ends_with(b"\r\n\r\n") && stream.read(&mut byte).is_ok_and(|n| n == 1) {
        head.push(byte[0]);
    }
    String::from_utf8_lossy(&head).into_owned()
}

/// A good answer with this text.
pub fn body(text: &str) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{text}", text.len())
}

/// Lets no proxy of the environment stand between a program and the server.
pub fn without_proxy(command: &mut Command) -> &mut Command {
    for name in ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY"] {
        command.env_remove(name).env_remove(name.to_lowercase());
    }
    command
}
