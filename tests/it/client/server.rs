//! A server on a free loopback port that answers as a test tells it to, and keeps what it was asked.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use apiscribe::Client;
use apiscribe::client::ClientBuilder;

use super::types::OPEN;

/// Runs until the test process ends.
pub(crate) struct Server {
    pub(crate) url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

/// What the server does with a request.
#[derive(Clone)]
pub(crate) enum Answer {
    /// Writes this and closes.
    Close(Vec<u8>),
    /// Writes this and then nothing, but stays.
    Stay(Vec<u8>),
    /// Waits, writes this and closes.
    Late(Duration, Vec<u8>),
}

impl Server {
    /// Answers each request alike.
    pub(crate) fn start(answer: Answer) -> Self {
        Self::by(move |_, _| answer.clone())
    }

    /// Answers each request, counted from 0, as the function says; many at a time.
    pub(crate) fn by(answer: impl Fn(usize, &str) -> Answer + Send + Sync + 'static) -> Self {
        crate::log::start();
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let (seen, answer) = (Arc::clone(&requests), Arc::new(answer));
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (seen, answer) = (Arc::clone(&seen), Arc::clone(&answer));
                thread::spawn(move || serve(stream, &*answer, &seen));
            }
        });
        Self { url, requests }
    }

    /// Answers with a JSON body.
    pub(crate) fn json(status: u16, body: &str) -> Self {
        Self::start(Answer::Close(response(status, body)))
    }

    /// Answers with these, one after the other, and then with the last one.
    pub(crate) fn series(answers: &[Answer]) -> Self {
        let answers = answers.to_vec();
        Self::by(move |count, _| answers[count.min(answers.len() - 1)].clone())
    }

    /// A client that takes this server for the platform.
    pub(crate) fn client(&self) -> Client {
        let client = self.builder().build().unwrap();
        crate::log::debug(&client);
        client
    }

    pub(crate) fn builder(&self) -> ClientBuilder {
        let builder = self.anonymous().access_token("clt.secret");
        crate::log::debug(&builder);
        builder
    }

    /// Without a token.
    pub(crate) fn anonymous(&self) -> ClientBuilder {
        Client::builder().base_url(&OPEN, &self.url)
    }

    /// The requests so far, head and body as they came.
    pub(crate) fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }

    /// The only request so far: its first line, its other headers as they came, and its body.
    pub(crate) fn only_request(&self) -> (String, Vec<String>, String) {
        let requests = self.requests();
        let [request] = &requests[..] else { panic!("{} requests", requests.len()) };
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let (line, headers) = head.split_once("\r\n").unwrap();
        (line.to_owned(), headers.lines().map(str::to_owned).collect(), body.to_owned())
    }
}

/// A connection that is kept ends with the process.
fn serve(
    mut stream: TcpStream,
    answer: &dyn Fn(usize, &str) -> Answer,
    seen: &Mutex<Vec<String>>,
) -> Option<()> {
    let request = read(&stream)?;
    let count = {
        let mut seen = seen.lock().unwrap();
        seen.push(request.clone());
        seen.len() - 1
    };
    match answer(count, &request) {
        Answer::Close(bytes) => stream.write_all(&bytes).ok(),
        Answer::Stay(bytes) => {
            stream.write_all(&bytes).ok()?;
            std::mem::forget(stream);
            Some(())
        }
        Answer::Late(delay, bytes) => {
            thread::sleep(delay);
            stream.write_all(&bytes).ok()
        }
    }
}

/// Nothing if the client hangs up before.
fn read(stream: &TcpStream) -> Option<String> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        if reader.read_line(&mut head).ok()? == 0 {
            return None;
        }
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let mut body = vec![0; length.map_or(0, |length| length.parse().unwrap())];
    reader.read_exact(&mut body).ok()?;
    Some(head + &String::from_utf8_lossy(&body))
}

/// A whole response with its length declared.
pub(crate) fn response(status: u16, body: &str) -> Vec<u8> {
    response_with(status, "", body)
}

/// The same with more lines in its head, each ended by `\r\n`.
pub(crate) fn response_with(status: u16, head: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 {status} X\r\ncontent-length: {length}\r\nconnection: close\r\n{head}\r\n{body}"
    )
    .into_bytes()
}
