//! A client that knows bytes and nothing else.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;

use douyin_emulator::Emulator;
use serde_json::Value;

pub(super) const ORDER_QUERY: &str = "/api/trade_basic/v1/developer/order_query/";
pub(super) const SETTLE_CREATE: &str = "/api/trade_basic/v1/developer/settle_create/";
pub(super) const SETTLE_QUERY: &str = "/api/trade_basic/v1/developer/settle_query/";
pub(super) const REFUND_CREATE: &str = "/api/trade_basic/v1/developer/refund_create/";
pub(super) const PUSH: &str = "/api/trade_basic/v1/developer/fulfill_push_status/";
pub(super) const CLIENT_TOKEN: &str = "/oauth/client_token/";

/// One connection.
pub(super) struct Raw(BufReader<TcpStream>);

pub(super) struct Answer {
    pub(super) status: u16,
    pub(super) head: String,
    pub(super) body: Vec<u8>,
}

impl Raw {
    pub(super) fn connect(platform: &Emulator) -> Self {
        Self::connect_to(platform.url())
    }

    fn connect_to(url: &str) -> Self {
        let address = url.strip_prefix("http://").unwrap();
        Self(BufReader::new(TcpStream::connect(address).unwrap()))
    }

    pub(super) fn write(&mut self, bytes: &[u8]) {
        self.0.get_mut().write_all(bytes).unwrap();
    }

    /// A whole answer, or why there is none.
    pub(super) fn read(&mut self) -> io::Result<Answer> {
        let mut head = String::new();
        while !head.ends_with("\r\n\r\n") {
            if self.0.read_line(&mut head)? == 0 {
                return Err(io::ErrorKind::UnexpectedEof.into());
            }
        }
        let status = head.split(' ').nth(1).and_then(|word| word.parse().ok());
        let mut answer = Answer { status: status.unwrap_or(0), head, body: Vec::new() };
        let length = answer.header("content-length").map_or(0, |text| text.parse().unwrap());
        answer.body.resize(length, 0);
        self.0.read_exact(&mut answer.body)?;
        Ok(answer)
    }

    /// Everything up to the end.
    pub(super) fn rest(&mut self) -> io::Result<Vec<u8>> {
        let mut rest = Vec::new();
        self.0.read_to_end(&mut rest).map(|_| rest)
    }
}

impl Answer {
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        let mut headers = self.head.lines().filter_map(|line| line.split_once(": "));
        headers.find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value)
    }

    pub(super) fn json(&self) -> Value {
        serde_json::from_slice(&self.body).unwrap()
    }
}

pub(super) fn request(path: &str, headers: &str, body: &str) -> Vec<u8> {
    let length = body.len();
    format!("POST {path} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n{headers}content-length: {length}\r\n\r\n{body}")
        .into_bytes()
}

/// One request on a connection of its own.
pub(super) fn send(platform: &Emulator, path: &str, headers: &str, body: &Value) -> Answer {
    try_send(platform, path, headers, body).unwrap()
}

pub(super) fn try_send(
    platform: &Emulator,
    path: &str,
    headers: &str,
    body: &Value,
) -> io::Result<Answer> {
    post(platform.url(), path, headers, body)
}

pub(super) fn post(url: &str, path: &str, headers: &str, body: &Value) -> io::Result<Answer> {
    let mut raw = Raw::connect_to(url);
    raw.write(&request(path, headers, &body.to_string()));
    raw.read()
}

/// A call with a fresh token: the answer's JSON.
pub(super) fn call(platform: &Emulator, path: &str, body: &Value) -> Value {
    send(platform, path, &token_of(platform), body).json()
}

/// The header of a fresh token.
pub(super) fn token_of(platform: &Emulator) -> String {
    format!("access-token: {}\r\n", platform.issue_token())
}

pub(super) fn get(url: &str, headers: &str) -> Answer {
    let (address, path) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let mut raw = Raw(BufReader::new(TcpStream::connect(address).unwrap()));
    raw.write(format!("GET /{path} HTTP/1.1\r\nhost: x\r\n{headers}\r\n").as_bytes());
    raw.read().unwrap()
}
