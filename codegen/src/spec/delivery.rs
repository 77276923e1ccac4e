//! When a platform calls again, as written.

use serde_json::{Map, Value as Json, json};

use crate::diagnostic::Diagnostics;
use crate::record::{Read, record};
use crate::source::{Located, Text};
pub(crate) use crate::terms::Undelivered;
use crate::yaml::{Kind, Node};

/// Until when the last pause repeats: seconds after the first call, or `acknowledged`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Until {
    Seconds(i64),
    Acknowledged,
}

const ACKNOWLEDGED: &str = "acknowledged";

impl Read for Until {
    fn read(diagnostics: &mut Diagnostics, node: &Node) -> Option<Self> {
        match &node.kind {
            Kind::Scalar { text, .. } if text == ACKNOWLEDGED => Some(Until::Acknowledged),
            _ => i64::read(diagnostics, node).map(Until::Seconds),
        }
    }

    fn schema(definitions: &mut Map<String, Json>) -> Json {
        json!({ "anyOf": [i64::schema(definitions), { "const": ACKNOWLEDGED }] })
    }
}

record! {
    /// What becomes of an event that was never acknowledged.
    pub(crate) struct AfterLast {
        /// What the platform takes it for.
        outcome: Located<Undelivered>,
        /// What the platform does, in our own words.
        doc: Option<Text>,
        /// The citation, if it is not the callback's own.
        source: Vec<Located<String>>,
    }
}
