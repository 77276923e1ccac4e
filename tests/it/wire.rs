//! `Encode`, `Decode` and `WireEnum`, derived by hand-written types: what is written, what is read, what is kept.

mod objects;
mod nullable;
mod numbers;
mod leniency;
mod values;
mod enums;
mod extras;
mod unions;
mod hygiene;
mod json;

use apiscribe::serde::Serialize;
use apiscribe::serde::de::DeserializeOwned;

fn json(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap()
}

fn read<T: DeserializeOwned>(json: &str) -> T {
    serde_json::from_str(json).unwrap()
}

/// Why it cannot be read, without the place.
fn fault<T: DeserializeOwned + std::fmt::Debug>(json: &str) -> String {
    let fault = serde_json::from_str::<T>(json).unwrap_err().to_string();
    fault.split(" at line ").next().unwrap_or_default().to_owned()
}
