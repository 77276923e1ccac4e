//! A type may hold itself by way of an optional field, which is boxed.

use apiscribe::wire::JsonText;
use apiscribe::{Endpoint, Validate, http, serde_json};

use super::api::demo::{Comment, CommentRequired, Egg, EggRequired, Hen, SaveRequest, SaveRequired};

fn comment(text: &str, parent: Option<Comment>) -> Comment {
    Comment { parent: parent.map(Box::new), ..Comment::new(CommentRequired { text: text.into(), root: None }) }
}

#[test]
fn it_is_checked_to_its_depth() {
    let inner = comment("b", Some(comment("too long", None)));
    let request = SaveRequest::new(SaveRequired { comment: comment("a", Some(inner)) });
    let violations = request.validate().unwrap_err().to_string();
    assert_eq!(violations, "comment.parent.parent.text: 8 bytes, at most 4 allowed");
}

#[test]
fn it_is_written_and_read() {
    let tree = comment("a", Some(comment("b", None)));
    let written = serde_json::to_string(&tree).unwrap();
    let expected = r#"{"text":"a","parent":{"text":"b","root":null},"root":null}"#;
    assert_eq!(written, expected);
    let body = format!(r#"{{"code":0,"data":{written}}}"#).into_bytes();
    assert_eq!(SaveRequest::from_http(http::Response::new(body)).unwrap().into_data(), tree);
}

#[test]
fn json_text_keeps_its_limits() {
    let hen = |egg| Hen { egg, ..Hen::new() };
    let egg = Egg::new(EggRequired { hen: hen(Some(JsonText(Box::new(Egg::new(EggRequired { hen: hen(None) }))))) });
    let mut request = SaveRequest::new(SaveRequired { comment: comment("a", None) });
    request.egg = Some(egg.clone());
    assert!(request.validate().is_ok());
    let deep = Egg::new(EggRequired { hen: hen(Some(JsonText(Box::new(egg)))) });
    request.egg = Some(Egg::new(EggRequired { hen: hen(Some(JsonText(Box::new(deep)))) }));
    assert!(request.validate().unwrap_err().to_string().starts_with("egg.hen.egg: "));
}
