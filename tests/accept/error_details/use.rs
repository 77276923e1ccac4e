//! What an error says besides its code and its text, typed. Nothing in it is needed to know the code.

use apiscribe::error::{ApiError, UndocumentedText};
use apiscribe::{Endpoint, Error, http};

use super::api::demo::{CardDetails, LookRequest, PayRequest, SaveRequest, SayRequest, Scopes};

fn refusal<R: Endpoint<Response: std::fmt::Debug>>(status: u16, body: &str) -> ApiError<R::Error> {
    let response = http::Response::builder().status(status).body(body.as_bytes()).unwrap();
    match R::from_http(response).unwrap_err() {
        Error::Api(error) => *error,
        other => panic!("{other}"),
    }
}

#[test]
fn the_details_are_in_the_body_or_in_a_place_of_it() {
    let error = refusal::<SayRequest>(
        200,
        r#"{"ok":false,"error":"missing_scope","needed":"chat:write","provided":"chat:read"}"#,
    );
    let scopes: Scopes = error.details().unwrap();
    assert_eq!(scopes.needed.as_deref(), Some("chat:write"));
    assert_eq!(scopes.provided.as_deref(), Some("chat:read"));
    let body = r#"{"x":[{}],"error":{"code":"declined","more":{"y":1,"detail":{"param":"card","tries_left":"2","at":[{"field":"a"},{"field":"b"}]}}}}"#;
    let error = refusal::<PayRequest>(402, body);
    let details: CardDetails = error.details().unwrap();
    assert_eq!((details.param.as_deref(), details.tries_left), (Some("card"), Some(2)));
    let fields: Vec<&str> = details.at.iter().flatten().map(|fault| fault.field.as_str()).collect();
    assert_eq!(fields, ["a", "b"]);
    // The same type is that of another envelope, too, in which it stands where the data of a success do.
    let error = refusal::<SaveRequest>(200, r#"{"code":5,"message":"m","data":{"param":"name"}}"#);
    assert_eq!(error.details::<CardDetails>().unwrap().param.as_deref(), Some("name"));
}

#[test]
fn broken_details_cost_neither_code_nor_text() {
    let details = |detail: &str| {
        let body = format!(
            r#"{{"error":{{"more":{{"detail":{detail}}},"code":"declined","message":"No."}}}}"#
        );
        let error = refusal::<PayRequest>(402, &body);
        assert_eq!(error.code, UndocumentedText("declined".to_owned()));
        assert_eq!(error.message, "No.");
        error.details::<CardDetails>()
    };
    let read = details(r#"{"param":{"a":1},"tries_left":"many","at":7}"#).unwrap();
    assert_eq!((read.param, read.tries_left, read.at), (None, None, None));
    assert_eq!(details("{}").unwrap().param, None);
    for nothing in ["null", "7", r#""text""#, "[]"] {
        assert_eq!(details(nothing), None, "{nothing}");
    }
    let error = refusal::<PayRequest>(402, r#"{"error":{"code":"declined","more":"none"}}"#);
    assert_eq!(error.details::<CardDetails>(), None);
}

/// Of what comes twice the last counts, as for the code and the text.
#[test]
fn details_are_of_the_error_whose_code_is_read() {
    let error = |code: &str| format!(r#""error":{{"code":"{code}","more":{{"detail":{{"param":"{code}"}}}}}}"#);
    let body = format!("{{{},{}}}", error("first"), error("last"));
    let error = refusal::<PayRequest>(402, &body);
    assert_eq!(error.code, UndocumentedText("last".to_owned()));
    assert_eq!(error.details::<CardDetails>().unwrap().param.as_deref(), Some("last"));
}

#[test]
fn details_of_another_envelope_are_none() {
    let error = refusal::<SayRequest>(200, r#"{"ok":false,"error":"e","param":"p"}"#);
    assert_eq!(error.details::<CardDetails>(), None);
    let error = refusal::<LookRequest>(404, r#"{"message":"m","needed":"n"}"#);
    assert_eq!(error.details::<Scopes>(), None);
    // A body that is no JSON has no details.
    let error = refusal::<LookRequest>(404, "");
    assert_eq!(error.details::<Scopes>(), None);
}
