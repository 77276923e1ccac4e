//! Bills are files behind addresses that expire, and can be read in parts.

use std::time::Duration;

use douyin_emulator::{Emulator, Fault, Settings};
use serde_json::json;

use super::raw::{Raw, call, get};

fn bill(platform: &Emulator) -> String {
    let body = json!({
        "app_id": Settings::default().app_id, "merchant_id": null, "bill_type": "payment",
        "bill_date": "20260601",
    });
    let answer = call(platform, "/api/apps/v3/bills/", &body);
    answer["data"]["bill_list"][0].as_str().unwrap().to_owned()
}

#[test]
fn parts_make_up_the_whole() {
    let platform = Emulator::start().unwrap();
    let url = bill(&platform);
    let whole = get(&url, "");
    assert_eq!((whole.status, whole.body.len()), (200, 100_000));
    assert_eq!(whole.body, platform.bill_content(&url));
    let tag = whole.header("etag").unwrap();
    for (range, from, to) in [
        ("0-9", 0, 10),
        ("77-50000", 77, 50_001),
        ("99990-", 99_990, 100_000),
        ("-5", 99_995, 100_000),
    ] {
        let part = get(&url, &format!("range: bytes={range}\r\nif-range: {tag}\r\n"));
        assert_eq!((part.status, part.body), (206, whole.body[from..to].to_vec()), "{range}");
    }
    let none = get(&url, "range: bytes=100000-\r\n");
    assert_eq!((none.status, none.header("content-range")), (416, Some("bytes */100000")));
    assert_eq!(get(&url, "range: bytes=9-1\r\n").status, 200, "no range at all");
}

#[test]
fn a_bill_can_be_cut_in_its_middle() {
    let platform = Emulator::start().unwrap();
    let url = bill(&platform);
    let path = url.strip_prefix(platform.url()).unwrap();
    platform.inject(path.split('?').next().unwrap(), Fault::CutBody);
    let mut raw = Raw::connect(&platform);
    raw.write(format!("GET {path} HTTP/1.1\r\nhost: x\r\n\r\n").as_bytes());
    let sent = raw.rest().unwrap();
    let head = sent.windows(4).position(|bytes| bytes == b"\r\n\r\n").unwrap() + 4;
    assert_eq!(sent[head..], platform.bill_content(&url)[..50_000]);
}

#[test]
fn a_bill_that_changed_is_sent_whole() {
    let platform = Emulator::start().unwrap();
    let url = bill(&platform);
    let tag = get(&url, "").header("etag").unwrap().to_owned();
    platform.renew_bills();
    assert_eq!(get(&url, &format!("range: bytes=5-\r\nif-range: {tag}\r\n")).status, 200);
}

#[test]
fn an_address_expires_and_cannot_be_made_up() {
    let platform = Emulator::start().unwrap();
    let url = bill(&platform);
    assert_eq!(get(&url.replace("expire=1", "expire=9"), "").status, 403);
    platform.advance(Duration::from_secs(6 * 3600 + 1));
    assert_eq!(get(&url, "").status, 403);
}
