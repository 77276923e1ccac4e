//! The body of a request, from the JSON of its fields: as it is, as a form, in parts, or as text; or from a file.

mod multipart;

use bytes::Bytes;
use http::HeaderValue;

use super::Files;
use super::pairs::{Pair, Pairs, text};
use super::parameters::append;
use crate::error::RequestError;
use crate::json::Decoder;
use crate::meta::{BodyKind, EndpointMeta};

/// A body and its media type.
pub(super) struct Body {
    pub(super) content_type: Option<HeaderValue>,
    pub(super) content: Vec<u8>,
}

impl Body {
    /// The media type is not copied: only those of multipart bodies differ from request to request.
    fn of(content_type: impl Into<Bytes>, content: Vec<u8>) -> Result<Self, RequestError> {
        let content_type = HeaderValue::from_maybe_shared(content_type.into());
        let content_type = content_type.map_err(|error| RequestError::Http(error.into()))?;
        Ok(Self { content_type: Some(content_type), content })
    }
}

/// `json` is the object of the fields that are no files.
pub(super) fn encode(
    meta: &EndpointMeta,
    json: String,
    files: &Files<'_>,
) -> Result<Body, RequestError> {
    match meta.body {
        BodyKind::Json => {
            Body::of(meta.content_type.unwrap_or("application/json"), json.into_bytes())
        }
        BodyKind::Form => {
            let content_type = meta.content_type.unwrap_or("application/x-www-form-urlencoded");
            Body::of(content_type, form(&read(&json, meta)?))
        }
        BodyKind::Multipart => multipart::encode(read(&json, meta)?, files),
        BodyKind::Text => {
            let text = text(&mut Decoder::of(&json));
            let text = text.map_err(|error| RequestError::Body(error.into()))?;
            let content_type = meta.content_type.unwrap_or("text/plain; charset=utf-8");
            Body::of(content_type, text.into_bytes())
        }
        BodyKind::Binary => binary(meta, files),
        BodyKind::None => Ok(Body { content_type: None, content: Vec::new() }),
    }
}

/// The content of the file that is the body.
fn binary(meta: &EndpointMeta, files: &Files<'_>) -> Result<Body, RequestError> {
    let Some((name, file)) = files.0.first() else {
        return Ok(Body { content_type: None, content: Vec::new() });
    };
    let content = file.content.clone();
    match meta.content_type {
        Some(content_type) => Body::of(content_type, content),
        None => {
            let own = HeaderValue::from_str(file.media_type());
            let own = own.map_err(|_| RequestError::ContentType { name })?;
            Ok(Body { content_type: Some(own), content })
        }
    }
}

fn form(pairs: &[Pair]) -> Vec<u8> {
    let mut form = String::new();
    pairs.iter().for_each(|pair| append(&mut form, pair));
    form.into_bytes()
}

/// The fields as pairs.
fn read(json: &str, meta: &EndpointMeta) -> Result<Vec<Pair>, RequestError> {
    let mut pairs = Pairs::default();
    let read = pairs.fields(&mut Decoder::of(json), |name| meta.spelling_of(name));
    read.map_err(|error| RequestError::Body(error.into()))?;
    pairs.finish()
}
