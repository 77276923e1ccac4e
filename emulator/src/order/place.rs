//! The text that an order is made of → an order, after every check.

use serde_json::{Map, Value};

use crate::context::Context;
use crate::envelope::{Refusal, refuse_parameter};
use crate::fields::Fields;

use super::authorization::check_authorization;
use super::{Order, Orders};

impl Orders {
    /// What `tt.requestOrder` does with its two options. The same text again gives the same order.
    pub(crate) fn request(
        &mut self,
        context: &mut Context,
        data: &str,
        byte_authorization: &str,
    ) -> Result<String, Refusal> {
        check_authorization(context, data, byte_authorization)?;
        self.place(context, data)
    }

    fn place(&mut self, context: &mut Context, text: &str) -> Result<String, Refusal> {
        let Ok(data) = serde_json::from_str::<Map<String, Value>>(text) else {
            return refuse_parameter("data is no JSON text of an object");
        };
        let data = Value::Object(data);
        let data = Fields::of_page(&data)?;
        let out_order_no = data.text("outOrderNo", 64)?;
        match self.by_number(out_order_no) {
            Some(order) if order.data == text => return Ok(order.order_id.clone()),
            Some(_) => return refuse_parameter("outOrderNo is another order's"),
            None => {}
        }
        let mut order = read_order(context, out_order_no, data)?;
        order.data = text.to_owned();
        Ok(self.add(order))
    }
}

fn read_order(
    context: &mut Context,
    out_order_no: &str,
    data: Fields<'_>,
) -> Result<Order, Refusal> {
    let sku = check_data(data)?;
    let mut order = Order::new(context, out_order_no, data.amount("totalAmount")?, sku.quantity);
    order.items.iter_mut().for_each(|item| item.sku_id = sku.id.clone());
    order.in_diamonds = is_in_diamonds(data)?;
    if order.in_diamonds {
        order.merchant_uid = None;
    } else if let Some(merchant) = data.optional_text("merchantUid", 64)? {
        order.merchant_uid = Some(merchant.to_owned());
    }
    order.notify_url = data.notify_url("payNotifyUrl", 512)?;
    Ok(order)
}

struct Sku {
    id: String,
    quantity: i64,
}

fn check_data(data: Fields<'_>) -> Result<Sku, Refusal> {
    let [sku] = data.objects("skuList", 1)?[..] else {
        return refuse_parameter("skuList must have one entry");
    };
    let (price, quantity) = (sku.amount("price")?, sku.amount("quantity")?);
    if quantity > 100 {
        return refuse_parameter("quantity is more than 100");
    }
    if data.amount("totalAmount")? > price.saturating_mul(quantity) {
        return refuse_parameter("totalAmount is more than the goods cost");
    }
    check_sku(sku)?;
    data.object("orderEntrySchema")?.check_page()?;
    if !(0..=48 * 3600).contains(&data.optional_whole("payExpireSeconds")?.unwrap_or(0)) {
        return refuse_parameter("payExpireSeconds is more than 48 hours");
    }
    if is_in_diamonds(data)? {
        check_diamonds(data, quantity)?;
    }
    Ok(Sku { id: sku.text("skuId", usize::MAX)?.to_owned(), quantity })
}

fn check_sku(sku: Fields<'_>) -> Result<(), Refusal> {
    sku.text("title", 256)?;
    sku.text("tagGroupId", usize::MAX)?;
    let kind = sku.whole("type")?;
    match sku.list("imageList", 1)? {
        [Value::String(image)] if image.len() <= 512 => {}
        _ => return refuse_parameter("imageList must be one address of at most 512 bytes"),
    }
    if sku.given("entrySchema").is_some() {
        sku.object("entrySchema")?.check_page()?;
    }
    if matches!(kind, 101..=107 | 402..=406) {
        sku.text("skuAttr", usize::MAX)?;
    }
    Ok(())
}

fn is_in_diamonds(data: Fields<'_>) -> Result<bool, Refusal> {
    match data.given("currency") {
        None => Ok(false),
        Some(_) => Ok(data.choice("currency", &["CNY", "DIAMOND"])? == "DIAMOND"),
    }
}

fn check_diamonds(data: Fields<'_>, quantity: i64) -> Result<(), Refusal> {
    if quantity != 1 {
        return refuse_parameter("quantity must be 1 with diamonds");
    }
    for name in ["payScene", "merchantUid"] {
        if data.optional_text(name, usize::MAX)?.is_some_and(|text| !text.is_empty()) {
            return refuse_parameter(format!("{name} must be empty with diamonds"));
        }
    }
    if data.amount("totalAmount")? > 5000 {
        return refuse_parameter("totalAmount is more than 5000 diamonds");
    }
    Ok(())
}
