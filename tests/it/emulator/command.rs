//! The command: what it prints is enough to use it, and it ends when it is told to.

use std::ffi::OsString;
use std::io::{self, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use douyin_emulator::cli::run;
use serde_json::json;

use super::raw::{CLIENT_TOKEN, post};

/// What was printed so far.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<Vec<u8>>>);

impl Printed {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }

    /// What follows a word on its line.
    fn after(&self, word: &str) -> String {
        let text = self.text();
        let rest = text.split_once(word).unwrap().1;
        rest.split_whitespace().next().unwrap().trim_end_matches(';').to_owned()
    }
}

impl Write for Printed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Its exit code, what it printed, and its errors.
async fn command(arguments: &[&str], used: impl FnOnce(&Printed)) -> (u8, String, String) {
    let arguments = ["douyin-emulator"].iter().chain(arguments).map(OsString::from);
    let (mut out, mut err) = (Printed::default(), Printed::default());
    let printed = out.clone();
    let code = run(arguments, &mut out, &mut err, async { used(&printed) }).await;
    (code, out.text(), err.text())
}

#[tokio::test]
async fn what_it_prints_is_enough_to_use_it() {
    let (code, out, err) = command(&["--port", "0"], |printed| {
        let url = printed.after("emulated at ");
        let body = json!({
            "client_key": printed.after("client_key"),
            "client_secret": printed.after("client_secret"),
            "grant_type": "client_credential",
        });
        let answer = post(&url, CLIENT_TOKEN, "", &body).unwrap();
        assert_eq!(answer.json()["data"]["error_code"], 0);
    })
    .await;
    assert_eq!((code, err.as_str()), (0, ""));
    for part in
        ["BEGIN PRIVATE KEY", "BEGIN PUBLIC KEY", "settle_create/", "/emulator/pay {order_id}"]
    {
        assert!(out.contains(part), "{part} in {out}");
    }
    assert!(out.ends_with("Ended after 1 requests.\n"), "{out}");
}

#[tokio::test]
async fn it_says_why_it_cannot_start() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let unused = |_: &Printed| panic!("it did not start");
    let (code, _, err) = command(&["--port", &port], unused).await;
    assert!(code == 1 && err.starts_with(&format!("error: port {port}: ")), "{code} {err}");
    let (code, _, err) = command(&["--app-key", "no/such/file"], unused).await;
    assert!(code == 1 && err.starts_with("error: no/such/file: "), "{code} {err}");
    let (code, _, err) = command(&["--prot", "1"], unused).await;
    assert!(code == 2 && err.contains("--port"), "{code} {err}");
    let (code, out, _) = command(&["--help"], unused).await;
    assert!(code == 0 && out.contains("--notify-url"), "{code} {out}");
}
