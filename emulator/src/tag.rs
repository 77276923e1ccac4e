//! The groups of tags that say what may become of goods.

use serde_json::{Value, json};

use crate::envelope::Outcome;
use crate::fields::Fields;

/// Type of goods, group, name.
const GROUPS: [(i64, &str, &str); 4] = [
    (101, "tag_group_7272625659887943692", "号卡"),
    (301, "tag_group_7272625659888058380", "虚拟服务"),
    (401, "tag_group_7272625659888041996", "内容充值"),
    (402, "tag_group_7272625659888009228", "普通咨询"),
];

/// `tag_query`
pub(crate) fn query(request: Fields<'_>) -> Outcome {
    let wanted = request.optional_whole("goods_type")?;
    let groups = GROUPS.iter().filter(|(kind, ..)| wanted.is_none_or(|wanted| wanted == *kind));
    Ok(json!({ "tag_detail_list": groups.map(row).collect::<Vec<_>>() }))
}

fn row((kind, group, name): &(i64, &str, &str)) -> Value {
    json!({
        "tag_group_id": group,
        "tag_list": [{
            "tag_id": format!("tag_{kind}"),
            "tag_name": name,
            "tag_type": 1,
            "tag_descs": [name],
            "biz_line": 2001,
            "goods_type": kind,
        }],
        "rule_list": [{
            "rule_id": format!("rule_{kind}"),
            "rule_type": 1,
            "refund_rule": {
                "biz_status": "FULFILL_WAIT",
                "merchant_audit_type": 1,
                "refund_type": 1,
            },
        }],
    })
}
