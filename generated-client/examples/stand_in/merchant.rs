//! Merchants: pictures of their papers, applications, and the pages on which people go on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::answer::{Answer, Refusal, refuse_parameter};
use super::fields::Fields;
use super::handle::StandIn;
use super::http::Part;
use super::state::State;

impl StandIn {
    /// The pictures so far: type, name of the file, content.
    pub(crate) fn pictures(&self) -> Vec<(String, String, Vec<u8>)> {
        self.platform.with(|state| state.merchants.pictures.clone())
    }
}

#[derive(Default)]
pub(super) struct Merchants {
    pictures: Vec<(String, String, Vec<u8>)>,
    picture_ids: BTreeSet<String>,
    /// The channels that each merchant has applied for.
    applications: BTreeMap<String, Vec<String>>,
}

/// `image_upload`: a form of `image_type` and the file `image_content`, and nothing else.
pub(super) fn upload(state: &mut State, parts: &[Part]) -> Answer {
    let part = |name: &str| parts.iter().find(|part| part.name == name);
    let (Some(kind), Some(content), 2) = (part("image_type"), part("image_content"), parts.len())
    else {
        return refuse_parameter("the form must have image_type and image_content");
    };
    let Some(filename) = content.filename.clone() else {
        return refuse_parameter("image_content must be a file");
    };
    if content.content.is_empty() {
        return refuse_parameter("image_content is empty");
    }
    let kind = String::from_utf8_lossy(&kind.content).into_owned();
    if kind.is_empty() || content.content_type.is_none() {
        return refuse_parameter("image_type is empty or image_content has no content-type");
    }
    state.merchants.pictures.push((kind, filename, content.content.clone()));
    let id = state.id("img");
    state.merchants.picture_ids.insert(id.clone());
    Ok(json!({ "image_id": id }))
}

/// `create_merchant`
pub(super) fn create(state: &mut State, request: Fields<'_>) -> Answer {
    for name in ["merchant_name", "merchant_short_name", "create_name", "registered_addr"] {
        request.text(name, usize::MAX)?;
    }
    for name in ["type", "merchant_type"] {
        request.whole(name)?;
    }
    request.object("legal_person")?.text("name", usize::MAX)?;
    request.object("business_license")?.text("business_license_code", usize::MAX)?;
    request.object("merchant_card_info")?.text("account_no", usize::MAX)?;
    let channels = request.list("channels", 16)?.iter();
    let channels = channels.filter_map(Value::as_str).map(str::to_owned).collect();
    let (merchant_id, apply_id) = (state.id("M"), state.id("70"));
    state.merchants.applications.insert(merchant_id.clone(), channels);
    Ok(json!({ "apply_id": apply_id, "merchant_id": merchant_id }))
}

/// `query_merchant_status`: every application of a known merchant has succeeded.
pub(super) fn status(state: &mut State, request: Fields<'_>) -> Answer {
    let merchant_id = request.text("merchant_id", 64)?;
    let Some(channels) = state.merchants.applications.get(merchant_id) else {
        return refuse_parameter("merchant does not exist");
    };
    let row = json!({
        "status": "SUCCESS",
        "reject_reason": "",
        "legal_validation_url": "",
        "legal_sign_url": "",
        "merchant_id": merchant_id,
    });
    let by_channel: Map<String, Value> =
        channels.iter().map(|channel| (channel.clone(), row.clone())).collect();
    Ok(json!({
        "merchant_status_info": by_channel,
        "new_merchant_status_info": by_channel,
        "pay_status_info": by_channel,
    }))
}

/// `app_add_sub_merchant`
pub(super) fn partner_page_of_app(state: &mut State, request: Fields<'_>) -> Answer {
    request.text("app_id", 64)?;
    let merchant = request.text("sub_merchant_id", 64)?;
    page(state, merchant, request.optional_whole("url_type")?)
}

/// `get_app_merchant`
pub(super) fn app_page(state: &mut State, request: Fields<'_>) -> Answer {
    request.text("thirdparty_id", 64)?;
    let app = request.text("app_id", 64)?;
    page(state, app, Some(request.whole("url_type")?))
}

/// `add_merchant`
pub(super) fn provider_page(state: &mut State, request: Fields<'_>) -> Answer {
    let provider = request.text("thirdparty_component_id", 64)?;
    page(state, provider, Some(request.whole("url_type")?))
}

/// `add_sub_merchant`
pub(super) fn partner_page(state: &mut State, request: Fields<'_>) -> Answer {
    request.text("thirdparty_id", 64)?;
    let merchant = request.text("sub_merchant_id", 64)?;
    page(state, merchant, Some(request.whole("url_type")?))
}

fn page(state: &mut State, of: &str, kind: Option<i64>) -> Result<Value, Refusal> {
    let kind = kind.unwrap_or(1);
    let merchant_id = state.id("M");
    let url = format!("{}/page/merchant?of={of}&url_type={kind}", state.url);
    Ok(json!({ "url": url, "merchant_id": merchant_id }))
}
