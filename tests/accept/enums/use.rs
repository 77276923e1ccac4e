//! Sets of values, of text or of numbers: other spellings are read, undocumented values are kept and not sent.

use apiscribe::{Endpoint, Validate, WireEnum, http};

use super::api::demo::{Colour, Level, SaveRequest, SaveRequired, SaveResponse, Status};

fn read(data: &str) -> SaveResponse {
    let body = format!(r#"{{"code":0,"message":"","data":{data}}}"#).into_bytes();
    SaveRequest::from_http(http::Response::new(body)).unwrap().into_data()
}

#[test]
fn a_value_is_read_in_each_of_its_spellings() {
    for text in ["SUCCESS", "success", "OK"] {
        assert_eq!(read(&format!(r#"{{"status":"{text}","level":10}}"#)).status, Status::Success);
    }
    let read = read(r#"{"status":"on","level":"9","colour":"red"}"#);
    assert_eq!((read.status, read.level), (Status::SwitchedOn, Level::High));
    assert_eq!(read.colour, Some(Colour::Unknown("red".to_owned())));
}

#[test]
fn an_undocumented_value_is_kept_when_read_and_refused_when_sent() {
    let read = read(r#"{"status":"LATER","level":7}"#);
    assert_eq!(
        (&read.status, &read.level),
        (&Status::Unknown("LATER".to_owned()), &Level::Unknown_(7))
    );
    let levels = Some(vec![Level::Low, Level::Unknown_(8)]);
    let request = SaveRequest { level: Some(read.level), levels, ..SaveRequest::new(SaveRequired { status: read.status }) };
    let expected = [
        "status: `LATER` is not a documented value",
        "level: `7` is not a documented value",
        "levels[1]: `8` is not a documented value",
    ];
    let violations = request.validate().unwrap_err().to_string();
    assert_eq!(violations.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn a_documented_value_may_be_called_unknown() {
    assert_eq!(read(r#"{"status":"INIT","level":-1}"#).level, Level::Unknown);
}

#[test]
fn the_values_are_listed_and_one_is_the_default() {
    let values: Vec<&str> =
        Status::documented().iter().map(|documented| documented.value).collect();
    assert_eq!(values, ["INIT", "SUCCESS", "on"]);
    assert_eq!((Status::default(), Level::default()), (Status::Init, Level::Low));
    assert_eq!("success".parse(), Ok(Status::Success));
}
