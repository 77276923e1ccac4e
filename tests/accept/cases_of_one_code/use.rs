//! One code may stand for several errors, which differ by their text.

use apiscribe::ErrorCode;

use super::api::demo::OrderError;

#[test]
fn the_text_tells_what_has_happened() {
    let error = OrderError::from_code(10000);
    let case = error.case("scene not supported").unwrap();
    assert_eq!((case.meaning, case.advice), (Some("The scene is none."), Some("Leave it empty.")));
    assert_eq!(error.case("wrong parameter").unwrap().meaning, Some("A parameter is wrong."));
    assert_eq!(error.case("wrong parameter of the user").unwrap().meaning, None);
    assert_eq!(error.case("anything else"), None);
}
