//! Nothing is compiled that was not asked for: the crates under a client of one domain, feature by feature.

use std::collections::BTreeSet;
use std::env;
use std::process::Command;

/// The crates that cargo would compile for `generated-client` with these features and no others, but for what only
/// builds it.
fn crates(features: &str) -> BTreeSet<String> {
    let output = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
        .args([
            "tree",
            "--locked",
            "--offline",
            "--prefix",
            "none",
            "--edges",
            "normal,no-proc-macro",
        ])
        .args(["--package", "generated-client", "--no-default-features", "--features", features])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .expect("cargo runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let tree = String::from_utf8(output.stdout).expect("text");
    tree.lines().filter_map(|line| line.split(' ').next()).map(str::to_owned).collect()
}

fn set(names: &str) -> BTreeSet<String> {
    names.split_whitespace().map(str::to_owned).collect()
}

const BARE: &str =
    "apiscribe bytes generated-client http itoa memchr serde serde_core serde_json zeroize zmij";

#[test]
fn one_domain_without_a_client_needs_json_and_the_types_of_http() {
    assert_eq!(crates("settle"), set(BARE));
}

#[test]
fn what_is_not_asked_for_is_not_there() {
    let client = crates("settle,client");
    for (wanted, feature) in [("reqwest", "client"), ("tokio", "client"), ("rustls", "client")] {
        assert!(client.contains(wanted), "{feature} brings {wanted}");
    }
    for unwanted in [
        "axum",
        "metrics",
        "md-5",
        "regex",
        "regex-lite",
        "chrono",
        "openssl",
        "native-tls",
        "sqlx",
        "sqlx-core",
    ] {
        assert!(!client.contains(unwanted), "{unwanted}");
    }
    assert!(crates("settle,metrics").contains("metrics"));
    assert!(crates("settle,tracing").contains("tracing"));
}

#[test]
fn a_database_brings_its_driver_and_no_second_crypto_library() {
    let drivers = ["sqlx-sqlite", "sqlx-postgres", "sqlx-mysql"];
    let unwanted = ["ring", "openssl", "native-tls", "rsa", "sqlx-macros", "chrono", "regex"];
    for (feature, driver) in ["sqlite", "postgres", "mysql"].into_iter().zip(drivers) {
        let found = crates(&format!("settle,{feature}"));
        let brought: Vec<&str> = drivers.into_iter().filter(|name| found.contains(*name)).collect();
        assert_eq!(brought, [driver], "{feature}");
        let unwanted: Vec<&str> =
            unwanted.into_iter().filter(|name| found.contains(*name)).collect();
        assert_eq!(unwanted, [""; 0], "{feature}");
        assert_eq!(found.contains("libsqlite3-sys"), feature == "sqlite");
    }
}
