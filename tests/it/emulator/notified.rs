//! The app's end of callbacks: answers as a test tells it to, and keeps what came.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

pub(super) const ACKNOWLEDGED: &str = r#"{"err_no":0,"err_tips":"success"}"#;

/// Runs until the test process ends.
pub(super) struct Notified {
    pub(super) url: String,
    seen: Arc<Mutex<Vec<(String, String)>>>,
}

impl Notified {
    /// Answers each callback as `answer` says for its number, from 0.
    pub(super) fn start(answer: impl Fn(usize) -> (u16, String) + Send + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/callback", listener.local_addr().unwrap());
        let seen = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&seen);
        thread::spawn(move || {
            for (number, stream) in listener.incoming().flatten().enumerate() {
                kept.lock().unwrap().push(take(stream, answer(number)));
            }
        });
        Self { url, seen }
    }

    /// Heads and bodies so far.
    pub(super) fn seen(&self) -> Vec<(String, String)> {
        self.seen.lock().unwrap().clone()
    }
}

fn take(stream: TcpStream, (status, answer): (u16, String)) -> (String, String) {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    let length = headers.find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
    let mut body = vec![0; length.map_or(0, |(_, length)| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    let length = answer.len();
    write!(reader.get_mut(), "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\n\r\n{answer}")
        .unwrap();
    (head, String::from_utf8(body).unwrap())
}
