//! What the platform, or a server before it, writes otherwise than the documents say.

use apiscribe::callback::Callback;
use apiscribe::{Endpoint, Error, Reply};

use super::types::{Paid, Pay, PayError, PayResult};
use generated_client::platform::Fen;

fn pay(body: impl Into<Vec<u8>>) -> Result<Reply<Paid>, Error<PayError>> {
    Pay::from_http(http::Response::new(body.into()))
}

#[test]
fn null_for_a_list_is_an_empty_one() {
    for body in [
        r#"{"err_no":0,"data":{"amount":5,"items":null}}"#,
        r#"{"err_no":0,"data":{"amount":5,"items":{}}}"#,
        r#"{"err_no":0,"data":{"amount":5}}"#,
    ] {
        let paid = pay(body).unwrap().into_data();
        assert_eq!(paid, Paid { amount: Fen(5), items: vec![] });
    }
}

#[test]
fn a_number_for_a_text_is_its_digits() {
    let body =
        r#"{"err_no":0,"data":{"amount":"5.00","items":[{"id":12},{"id":7291862380517001234}]}}"#;
    let paid = pay(body).unwrap();
    assert_eq!((&paid.items[0].id[..], &paid.items[1].id[..]), ("12", "7291862380517001234"));
    assert_eq!(paid.amount, Fen(5));
}

#[test]
fn a_refusal_whose_text_is_no_unicode_is_that_refusal() {
    let texts: [&[u8]; 5] = [
        br"name \ud83d too long",
        b"\xE8\xAE\xA2\xE5\x8D",
        b"\xCF\xB5\xCD\xB3\xB7\xB1",
        b"\x81\\",
        b"a\nb",
    ];
    for text in texts {
        let error = pay([br#"{"err_no":23111,"err_msg":""#, text, br#""}"#].concat()).unwrap_err();
        let api = error.api().expect("a refusal");
        assert_eq!((&api.code, api.duplicate), (&PayError::PayNoExists, true));
        assert!(api.message.contains('\u{fffd}'), "{}", api.message);
    }
}

#[test]
fn a_success_whose_text_is_no_unicode_is_a_success() {
    let paid = pay(r#"{"err_no":0,"data":{"amount":5,"items":[{"id":"a\ud83d"}]}}"#).unwrap();
    assert_eq!(paid.items[0].id, "a\u{fffd}");
}

#[test]
fn an_event_whose_text_is_no_unicode_is_that_event() {
    let texts: [&[u8]; 4] = [br"a\ud83d", br"a\\ud83d", b"a\xE8\xAE", b"a\n"];
    for text in texts {
        let before = br#"{"type":"payment","msg":"{\"amount\":5,\"items\":[{\"id\":\""#;
        let event = PayResult::parse(&[before, text, br#"\"}]}"}"#].concat()).unwrap();
        assert_eq!((event.amount, &event.items[0].id[..]), (Fen(5), "a\u{fffd}"));
    }
}

#[test]
fn the_content_of_an_event_may_come_without_quotes_around_it() {
    let body =
        br#"{"type":"payment","version":3,"msg":{"amount":5,"items":[{"id":{}}, {"id":[1]}]}}"#;
    let event = PayResult::parse(body).unwrap();
    assert_eq!((event.amount, event.version()), (Fen(5), Some("3")));
    assert_eq!(event.unread(), ["msg.items"]);
}
