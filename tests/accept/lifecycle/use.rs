//! Whoever calls what is closing is warned; what is closed to new apps only, or restricted, is told in the docs.

#![expect(deprecated, reason = "it is closing")]

use apiscribe::{Endpoint, JsApi};

use super::api::demo::{Paid, PayRequest, PayV2Request, StartOptions};

#[test]
fn what_is_closing_still_works() {
    let sent = PayRequest::new().to_http("https://api.example.com", None).unwrap();
    assert_eq!(sent.uri().path(), "/pay");
    assert_eq!(<Paid as apiscribe::callback::Callback>::EVENT, "paid");
}

#[test]
#[deny(deprecated)]
fn nobody_is_warned_of_what_is_there_for_those_who_have_it() {
    assert_eq!(PayV2Request::META.path, "/v2/pay");
    assert_eq!(<StartOptions as JsApi>::NAME, "pay.start");
}
