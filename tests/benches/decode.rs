//! What reading a response of 10,000 rows costs, envelope, lenient numbers and all, against bare serde_json into the
//! same shape: instructions.

mod figure;
mod rounds;

use std::fmt::Write as _;
use std::hint::black_box;

use apiscribe::Endpoint;
use generated_client::settle::SettleQueryRequest;

use crate::figure::print;
use crate::rounds::{instructions, run_or_compare};

const ROWS: usize = 10_000;

fn main() {
    run_or_compare(run, compare);
}

fn compare() {
    let (ours, bare) = (instructions("ours", 2), instructions("bare", 2));
    let name = format!("decode, 10,000 rows: instructions, {bare} by bare serde_json");
    print(&name, ours, Some(bare * 1.10));
}

fn run(case: &str, rounds: usize) {
    let body = body();
    for _ in 0..rounds {
        let rows = match case {
            "bare" => black_box(bare::read(black_box(&body))).data.len(),
            _ => {
                let response = http::Response::new(black_box(&body).clone());
                black_box(SettleQueryRequest::from_http(response).expect("a success")).len()
            }
        };
        assert_eq!(rows, ROWS);
    }
}

fn body() -> Vec<u8> {
    let mut rows = String::new();
    for number in 0..ROWS {
        let comma = if number == 0 { "" } else { "," };
        write!(
            rows,
            r#"{comma}{{"out_order_no":"order-{number}","out_settle_no":"settle-{number}","order_id":"motb{number}","settle_id":"ots{number}","wallet_settle_id":"729186238{number}","item_order_id":"","settle_status":"SUCCESS","settle_detail":"商户号7000000000000000001-分成金额(分){number}","settle_amount":{number},"rake":6,"commission":0,"settle_at":1719800000000,"cp_extra":"nothing"}}"#
        )
        .expect("text");
    }
    format!(r#"{{"err_no":0,"err_msg":"success","log_id":"L1","data":[{rows}]}}"#).into_bytes()
}

/// The same shape by serde's derives.
mod bare {
    use serde::Deserialize;

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "nobody reads the fields of a benchmark")]
    pub(super) struct Answer {
        err_no: i64,
        err_msg: String,
        log_id: String,
        pub(super) data: Vec<Settlement>,
    }

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "nobody reads the fields of a benchmark")]
    pub(super) struct Settlement {
        out_order_no: String,
        out_settle_no: String,
        order_id: String,
        settle_id: String,
        wallet_settle_id: Option<String>,
        item_order_id: String,
        settle_status: Status,
        settle_detail: String,
        settle_amount: i64,
        rake: i64,
        commission: i64,
        platform_ticket: Option<i64>,
        settle_at: Option<i64>,
        cp_extra: String,
    }

    #[derive(Deserialize)]
    #[serde(rename_all = "UPPERCASE")]
    enum Status {
        Init,
        Processing,
        Success,
        Fail,
    }

    pub(super) fn read(body: &[u8]) -> Answer {
        // A response is owned by whoever reads it, so both own a copy.
        let owned = body.to_vec();
        serde_json::from_slice(&owned).expect("the documented JSON")
    }
}
