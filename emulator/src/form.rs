//! `multipart/form-data` → its parts.

use axum::body::Body;
use axum::extract::{FromRequest as _, Multipart, Request};
use axum::http::header::CONTENT_DISPOSITION;

/// One part of a form.
pub(crate) struct Part {
    pub(crate) name: String,
    pub(crate) filename: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) content: Vec<u8>,
}

/// The parts of a request's body, or what is wrong with it.
pub(crate) async fn parts(request: Request<Body>) -> Result<Vec<Part>, String> {
    let form = Multipart::from_request(request, &()).await;
    let mut form = form.map_err(|error| error.body_text())?;
    let mut parts = Vec::new();
    while let Some(field) = form.next_field().await.map_err(|error| error.body_text())? {
        let disposition = field.headers().get(CONTENT_DISPOSITION);
        if !disposition.is_some_and(|value| value.as_bytes().starts_with(b"form-data;")) {
            return Err("a part is not form-data".to_owned());
        }
        parts.push(Part {
            name: field.name().ok_or("a part has no name")?.to_owned(),
            filename: field.file_name().map(str::to_owned),
            content_type: field.content_type().map(str::to_owned),
            content: field.bytes().await.map_err(|error| error.body_text())?.to_vec(),
        });
    }
    Ok(parts)
}
