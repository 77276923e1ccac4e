//! A small server that answers `settle_create` as the platform does: one thread, one request a connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use serde_json::{Value, json};

/// The token that the stand-in takes.
pub(crate) const TOKEN: &str = "clt.example";

/// An order that the platform settles by itself.
pub(crate) const AUTOMATIC_ORDER: &str = "order-of-an-automatic-app";

const PATH: &str = "/api/trade_basic/v1/developer/settle_create/";
const LOG_ID: &str = "20260601120000010203040506070809A";

/// Runs until the program ends.
pub(crate) struct StandIn {
    pub(crate) url: String,
    requests: Arc<AtomicUsize>,
}

impl StandIn {
    pub(crate) fn start() -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0")?;
        let url = format!("http://{}", listener.local_addr()?);
        let requests = Arc::new(AtomicUsize::new(0));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                seen.fetch_add(1, Ordering::Relaxed);
                if let Err(error) = serve(&stream) {
                    eprintln!("the stand-in could not answer: {error}");
                }
            }
        });
        Ok(Self { url, requests })
    }

    /// How many requests have come so far.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

fn serve(mut stream: &TcpStream) -> io::Result<()> {
    let (head, body) = read(stream)?;
    let (status, answer) = answer(&head, &body);
    let answer = answer.to_string();
    let length = answer.len();
    write!(stream, "HTTP/1.1 {status}\r\ncontent-type: application/json\r\n")?;
    write!(stream, "content-length: {length}\r\nconnection: close\r\n\r\n{answer}")
}

fn read(stream: &TcpStream) -> io::Result<(String, Vec<u8>)> {
    let mut reader = BufReader::new(stream);
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") && reader.read_line(&mut head)? > 0 {}
    let length =
        header(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    Ok((head, body))
}

fn answer(head: &str, body: &[u8]) -> (&'static str, Value) {
    if !head.starts_with(&format!("POST {PATH} ")) {
        return ("404 Not Found", json!({}));
    }
    if header(head, "access-token") != Some(TOKEN) {
        return refuse(28001003, "access_token invalid");
    }
    let request: Value = serde_json::from_slice(body).unwrap_or_default();
    if request["out_settle_no"].as_str().is_none_or(str::is_empty) {
        return refuse(10000, "param error");
    }
    if request["out_order_no"] == AUTOMATIC_ORDER {
        return refuse(23117, "this appID is configured with automatic settlement");
    }
    let data =
        json!({ "settle_id": "ots7291862380517001", "wallet_settle_id": "7291862380517002" });
    ("200 OK", json!({ "err_no": 0, "err_msg": "success", "log_id": LOG_ID, "data": data }))
}

fn refuse(code: i64, message: &str) -> (&'static str, Value) {
    ("400 Bad Request", json!({ "err_no": code, "err_msg": message, "log_id": LOG_ID }))
}

fn header<'a>(head: &'a str, name: &str) -> Option<&'a str> {
    let mut headers = head.lines().filter_map(|line| line.split_once(": "));
    headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
}
