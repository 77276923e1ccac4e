//! The JSON Schema of a spec's file, for editors.

use serde_json::{Map, Value, json};

use crate::record::Read;
use crate::spec::File;

/// The schema, made from the records that read a spec.
pub(crate) fn schema() -> Value {
    let mut definitions = Map::new();
    let file = File::schema(&mut definitions);
    json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "One file of an API spec",
        "$ref": file["$ref"],
        "$defs": definitions,
    })
}
