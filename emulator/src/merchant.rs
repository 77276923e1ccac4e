//! Merchants: pictures of their papers, applications, and the pages on which people go on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use crate::context::Context;
use crate::envelope::{Outcome, Refusal, refuse_parameter};
use crate::fields::Fields;
use crate::form::Part;

#[derive(Default)]
pub(crate) struct Merchants {
    pictures: Vec<(String, String, Vec<u8>)>,
    picture_ids: BTreeSet<String>,
    /// The channels that each merchant has applied for.
    applications: BTreeMap<String, Vec<String>>,
}

impl Merchants {
    /// `image_upload`: a form of `image_type` and the file `image_content`, and nothing else.
    pub(crate) fn upload(&mut self, context: &mut Context, parts: &[Part]) -> Outcome {
        let part = |name: &str| parts.iter().find(|part| part.name == name);
        let (Some(kind), Some(content), 2) =
            (part("image_type"), part("image_content"), parts.len())
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
        self.pictures.push((kind, filename, content.content.clone()));
        let id = context.id("img");
        self.picture_ids.insert(id.clone());
        Ok(json!({ "image_id": id }))
    }

    /// `create_merchant`
    pub(crate) fn create(&mut self, context: &mut Context, request: Fields<'_>) -> Outcome {
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
        let (merchant_id, apply_id) = (context.id("M"), context.id("70"));
        self.applications.insert(merchant_id.clone(), channels);
        Ok(json!({ "apply_id": apply_id, "merchant_id": merchant_id }))
    }

    /// `query_merchant_status`: every application of a known merchant has succeeded.
    pub(crate) fn status(&self, request: Fields<'_>) -> Outcome {
        let merchant_id = request.text("merchant_id", 64)?;
        let Some(channels) = self.applications.get(merchant_id) else {
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

    /// Type, name of the file, content of each.
    pub(crate) fn pictures(&self) -> Vec<(String, String, Vec<u8>)> {
        self.pictures.clone()
    }
}

/// `app_add_sub_merchant`
pub(crate) fn partner_page_of_app(context: &mut Context, request: Fields<'_>) -> Outcome {
    request.text("app_id", 64)?;
    let merchant = request.text("sub_merchant_id", 64)?;
    page(context, merchant, request.optional_whole("url_type")?)
}

/// `get_app_merchant`
pub(crate) fn app_page(context: &mut Context, request: Fields<'_>) -> Outcome {
    request.text("thirdparty_id", 64)?;
    let app = request.text("app_id", 64)?;
    page(context, app, Some(request.whole("url_type")?))
}

/// `add_merchant`
pub(crate) fn provider_page(context: &mut Context, request: Fields<'_>) -> Outcome {
    let provider = request.text("thirdparty_component_id", 64)?;
    page(context, provider, Some(request.whole("url_type")?))
}

/// `add_sub_merchant`
pub(crate) fn partner_page(context: &mut Context, request: Fields<'_>) -> Outcome {
    request.text("thirdparty_id", 64)?;
    let merchant = request.text("sub_merchant_id", 64)?;
    page(context, merchant, Some(request.whole("url_type")?))
}

fn page(context: &mut Context, of: &str, kind: Option<i64>) -> Result<Value, Refusal> {
    let kind = kind.unwrap_or(1);
    let merchant_id = context.id("M");
    let url = format!("{}/page/merchant?of={of}&url_type={kind}", context.url);
    Ok(json!({ "url": url, "merchant_id": merchant_id }))
}
