//! Every rule on a field of every type that has it, and a condition on and of each.

use apiscribe::{Endpoint, Validate};

use super::api::demo::{Hidden, Kind, Link, SaveRequest, SaveRequired};
use super::api::platform::Fen;

fn request() -> SaveRequest {
    let number = Some(1);
    let hidden = Some(Hidden::from("https://secret.example.com"));
    SaveRequest {
        number,
        hidden,
        ..SaveRequest::new(SaveRequired { kind: Kind::Two, link: Link::from("https://b.example.com") })
    }
}

fn paths(request: &SaveRequest) -> Vec<String> {
    let found = request.validate().err().into_iter().flatten();
    found.map(|violation| violation.path.to_string()).collect()
}

#[test]
fn conditions_on_what_is_absent_hold_where_they_say_so() {
    // `c`, `f`, `j` by `is_not`, `l` by `present: false`.
    assert_eq!(paths(&request()), ["c", "f", "j", "l"]);
}

#[test]
fn conditions_on_values_of_every_type_hold_for_the_value() {
    let mut request = request();
    (request.kind, request.link) = (Kind::One, Link::from("https://a.example.com"));
    (request.text, request.number) = (Some("z".to_owned()), None);
    (request.flag, request.money) = (Some(Some(false)), Some(Fen(5)));
    let expected = ["a", "b", "c", "d", "f", "i", "j", "l", "text, number, flag, any"];
    let found = paths(&request);
    assert_eq!(found[..8], expected[..8]);
}

#[test]
fn it_can_be_sent() {
    let http = request().to_http("https://api.example.com", None).unwrap();
    assert_eq!(http.uri().path(), "/save/2/https%3A%2F%2Fb.example.com");
}
