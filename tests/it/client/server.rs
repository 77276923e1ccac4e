//! A server on a free loopback port that answers as a test tells it to, and keeps what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;

use runtime::{Client, ClientBuilder};

use super::types::OPEN;

/// Runs until the test process ends.
pub(super) struct Server {
    pub(super) url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// What the server does with a request.
#[derive(Clone)]
pub(super) enum Answer {
    /// Writes this and closes.
    Close(Vec<u8>),
    /// Writes this and then nothing, but stays.
    Stay(Vec<u8>),
}

impl Server {
    /// Answers each request alike.
    pub(super) fn start(answer: Answer) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            let mut open = Vec::new();
            for stream in listener.incoming().flatten() {
                open.extend(serve(stream, &answer, &seen));
            }
        });
        Self { url, requests }
    }

    /// Answers with a JSON body.
    pub(super) fn json(status: u16, body: &str) -> Self {
        Self::start(Answer::Close(response(status, body)))
    }

    /// A client that takes this server for the platform.
    pub(super) fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    pub(super) fn builder(&self) -> ClientBuilder {
        Client::builder().access_token("clt.secret").base_url(&OPEN, &self.url).unwrap()
    }

    /// The requests so far, head and body as they came.
    pub(super) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn serve(mut stream: TcpStream, answer: &Answer, seen: &Mutex<Vec<String>>) -> Option<TcpStream> {
    seen.lock().unwrap().push(read(&stream));
    match answer {
        Answer::Close(bytes) => stream.write_all(bytes).ok().and(None),
        Answer::Stay(bytes) => stream.write_all(bytes).ok().map(|()| stream),
    }
}

fn read(stream: &TcpStream) -> String {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head).unwrap() > 0 {}
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).unwrap();
    head + &String::from_utf8(body).unwrap()
}

/// A whole response with its length declared.
pub(super) fn response(status: u16, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}")
        .into_bytes()
}
