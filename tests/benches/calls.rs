//! What a call through the client costs, its request checked and its answer read, against the same call by bare reqwest
//! and serde_json: CPU of the process, and latency, one call at a time and 64.
//!
//! The server is a process of its own. Both ways send the same bytes and follow no redirect, with which the token would
//! go. They take turns, many times; what is printed is the median of the ratios.

mod figure;

use std::env;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use apiscribe::Client;
use generated_client::platform;
use generated_client::settle::{SettleCreateRequest, SettleCreateRequired, SettleCreateResponse};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;
use reqwest::redirect::Policy;
use serde::Deserialize;
use tokio::task::JoinSet;

use crate::figure::print;

const SERVE: &str = "--serve";
const CALLS: usize = 2_000;
const TURNS: usize = 45;
const BUDGET: f64 = 1.05;

const ANSWER: &str = r#"{"err_no":0,"err_msg":"success","log_id":"L1","data":{"settle_id":"ots729186","wallet_settle_id":"72918623"}}"#;

fn main() {
    if env::args().nth(1).as_deref() == Some(SERVE) {
        return serve();
    }
    let runtime =
        tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let runtime = runtime.expect("a thread");
    let server = Server::start();
    for at_once in [1, 64] {
        let ratios = runtime.block_on(compare(&server.url, at_once));
        let name = format!("call, {at_once} at a time: CPU, as a multiple of bare reqwest's");
        print(&name, ratios.cpu, Some(BUDGET));
        let name = format!("call, {at_once} at a time: latency, as a multiple of bare reqwest's");
        print(&name, ratios.latency, Some(BUDGET));
    }
}

/// What a number of calls cost.
#[derive(Clone, Copy)]
struct Cost {
    cpu: f64,
    latency: f64,
}

async fn compare(url: &str, at_once: usize) -> Cost {
    let ours = Ours::new(url);
    let bare = Bare::new(url);
    let mut turns = Vec::new();
    for turn in 0..=TURNS {
        // Who comes first takes turns too.
        let (ours, bare) = if turn % 2 == 0 {
            let ours = cost(&ours, at_once).await;
            (ours, cost(&bare, at_once).await)
        } else {
            let bare = cost(&bare, at_once).await;
            (cost(&ours, at_once).await, bare)
        };
        // The first turn opens connections.
        if turn > 0 {
            turns.push(Cost { cpu: ours.cpu / bare.cpu, latency: ours.latency / bare.latency });
        }
    }
    let median = |of: fn(&Cost) -> f64| {
        let mut ratios: Vec<f64> = turns.iter().map(of).collect();
        ratios.sort_by(f64::total_cmp);
        ratios[ratios.len() / 2]
    };
    Cost { cpu: median(|turn| turn.cpu), latency: median(|turn| turn.latency) }
}

async fn cost(way: &(impl Way + Clone + Send + Sync + 'static), at_once: usize) -> Cost {
    let (cpu, start) = (cpu(), Instant::now());
    let mut tasks = JoinSet::new();
    for _ in 0..at_once {
        let way = way.clone();
        tasks.spawn(async move {
            for _ in 0..CALLS / at_once {
                way.call().await;
            }
        });
    }
    tasks.join_all().await;
    let (cpu, latency) = (self::cpu() - cpu, start.elapsed());
    Cost { cpu: cpu.as_secs_f64(), latency: latency.as_secs_f64() }
}

/// Of this process, in and outside the kernel.
fn cpu() -> Duration {
    let usage = getrusage(UsageWho::RUSAGE_SELF).expect("usage of this process");
    let micros = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
    Duration::from_micros(u64::try_from(micros).expect("no negative time"))
}

/// One way to settle.
trait Way {
    fn call(&self) -> impl Future<Output = ()> + Send;
}

fn request() -> SettleCreateRequest {
    SettleCreateRequest::new(SettleCreateRequired {
        out_order_no: "order-1".into(),
        out_settle_no: "settle-1".into(),
        settle_desc: "June".into(),
        app_id: "tt07e3715e98c9aac0".into(),
    })
}

#[derive(Clone)]
struct Ours(Client);

impl Ours {
    fn new(url: &str) -> Self {
        let builder = Client::builder().access_token("clt.1").base_url(&platform::OPEN, url);
        Self(builder.build().expect("a loopback address"))
    }
}

impl Way for Ours {
    async fn call(&self) {
        let reply = self.0.call(&request()).await.expect("a success");
        assert_eq!(AsRef::<str>::as_ref(&reply.settle_id), "ots729186");
    }
}

#[derive(Clone)]
struct Bare {
    client: reqwest::Client,
    url: String,
}

#[derive(Deserialize)]
struct Answer {
    err_no: i64,
    #[serde(rename = "err_msg")]
    _err_msg: String,
    #[serde(rename = "log_id")]
    _log_id: String,
    data: SettleCreateResponse,
}

impl Bare {
    fn new(url: &str) -> Self {
        let client =
            reqwest::Client::builder().user_agent("apiscribe/0.1.0").redirect(Policy::none());
        let client = client.no_proxy().timeout(Duration::from_secs(10));
        let url = format!("{url}/api/trade_basic/v1/developer/settle_create/");
        Self { client: client.build().expect("a client"), url }
    }
}

impl Way for Bare {
    async fn call(&self) {
        let body = serde_json::to_vec(&request()).expect("JSON");
        let request = self.client.post(&self.url).header("content-type", "application/json");
        let request = request.header("access-token", "clt.1").body(body);
        let response = request.send().await.expect("an answer");
        let body = response.bytes().await.expect("a body");
        let answer: Answer = serde_json::from_slice(&body).expect("JSON");
        assert_eq!(answer.err_no, 0);
        assert_eq!(AsRef::<str>::as_ref(&answer.data.settle_id), "ots729186");
    }
}

/// The server, until it is dropped.
struct Server {
    process: Child,
    url: String,
}

impl Server {
    fn start() -> Self {
        let this = env::current_exe().expect("the path of this benchmark");
        let mut process =
            Command::new(this).arg(SERVE).stdout(Stdio::piped()).spawn().expect("a process");
        let mut url = String::new();
        let out = process.stdout.as_mut().expect("a pipe");
        BufReader::new(out).read_line(&mut url).expect("an address");
        Self { process, url: url.trim().to_owned() }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.process.kill().expect("it runs");
        self.process.wait().expect("it ends");
    }
}

fn serve() {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    println!("http://{}", listener.local_addr().expect("an address"));
    for stream in listener.incoming() {
        let stream = stream.expect("a connection");
        thread::spawn(move || answer_all(stream));
    }
}

fn answer_all(mut stream: TcpStream) -> Option<()> {
    let length = ANSWER.len();
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
    let answer = format!("{head} {length}\r\n\r\n{ANSWER}");
    stream.set_nodelay(true).ok()?;
    let mut reader = BufReader::new(stream.try_clone().ok()?);
    loop {
        let (mut line, mut length) = (String::new(), 0);
        while line != "\r\n" {
            line.clear();
            if reader.read_line(&mut line).ok()? == 0 {
                return None;
            }
            if let Some(value) = line.strip_prefix("content-length: ") {
                length = value.trim().parse().ok()?;
            }
        }
        let mut body = vec![0; length];
        reader.read_exact(&mut body).ok()?;
        stream.write_all(answer.as_bytes()).ok()?;
    }
}
