//! Generated code is compiled without a warning of what it deprecates itself. That users are warned is in
//! `derive/deprecated_used.rs`.

/// Compiles, which is the point.
#[deny(warnings)]
mod client {
    #![allow(dead_code, unreachable_pub, reason = "nobody calls it")]
    apiscribe_macros::generate_client!("accept/deprecated");
}

/// What is closing warns as well.
#[deny(warnings)]
mod closing {
    #![allow(dead_code, unreachable_pub, reason = "nobody calls it")]
    apiscribe_macros::generate_client!("accept/lifecycle");
}

/// What was called otherwise warns as well.
#[deny(warnings)]
mod formerly {
    #![allow(dead_code, unreachable_pub, reason = "nobody calls it")]
    apiscribe_macros::generate_client!("accept/formerly");
}
