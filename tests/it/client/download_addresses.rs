//! A URL of a file comes from outside: it leads to no address inside unless that is allowed.

use std::net::IpAddr;

use apiscribe::Client;
use apiscribe::client::download::{DownloadError, DownloadFault};

use super::server::Server;

async fn fetch(client: &Client, url: &str) -> DownloadError {
    client.download(async || Ok(url.to_owned()), &mut Vec::new(), 9).await.unwrap_err()
}

/// Without a retry, so that a name is resolved once.
fn client() -> Client {
    Client::builder().retry(apiscribe::client::RetryPolicy::never()).no_proxy().build().unwrap()
}

#[tokio::test]
async fn an_address_that_is_not_public_is_not_asked() {
    let client = client();
    for host in [
        "127.0.0.1",
        "127.1",
        "127.0.0.1.",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "0",
        "0.0.0.0",
        "10.1.2.3",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "169.254.169.254",
        "0xa9fea9fe",
        "100.64.0.1",
        "100.100.100.200",
        "192.0.0.1",
        "192.0.2.1",
        "198.18.0.1",
        "224.0.0.1",
        "240.0.0.1",
        "255.255.255.255",
        "[::]",
        "[::1]",
        "[0:0:0:0:0:0:0:1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[::ffff:0:10.0.0.1]",
        "[::127.0.0.1]",
        "[64:ff9b::10.0.0.1]",
        "[2002:7f00:1::]",
        "[2001::1]",
        "[2001:db8::1]",
        "[fc00::1]",
        "[fd00:ec2::254]",
        "[fe80::1]",
        "[fec0::1]",
        "[ff02::1]",
        "localhost",
        "LOCALHOST",
        "localhost.",
        "bills.localhost",
    ] {
        let error = fetch(&client, &format!("https://{host}:8443/bill.csv?sign=secret")).await;
        assert!(matches!(error.fault, DownloadFault::PrivateAddress { .. }), "{host}: {error}");
        assert!(!error.to_string().contains("secret"), "{error}");
    }
}

#[tokio::test]
async fn plain_http_on_this_machine_is_for_those_who_allow_it() {
    let server = Server::json(200, "bill");
    let error = fetch(&client(), &server.url).await;
    assert_eq!(
        error.to_string(),
        "the URL leads to `127.0.0.1`, which is not a public address; if it is meant to, allow private addresses \
         (after 0 bytes)"
    );
    assert!(server.requests().is_empty());
}

#[tokio::test]
async fn a_name_that_leads_to_an_address_inside_is_not_asked() {
    // The names of this machine that are known to lead inside.
    let hosts = std::fs::read_to_string("/etc/hosts").unwrap_or_default();
    let mut names = vec!["localhost".to_owned()];
    for line in hosts.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        let address: Option<IpAddr> = words.next().and_then(|address| address.parse().ok());
        let is_inside = address.is_some_and(|address| match address {
            IpAddr::V4(v4) => v4.is_loopback() || v4.is_private(),
            IpAddr::V6(v6) => v6.is_loopback() || v6.is_multicast() || v6.is_unspecified(),
        });
        names.extend(words.filter(|_| is_inside).map(str::to_owned));
    }
    let client = client();
    for name in names {
        let error = fetch(&client, &format!("https://{name}:9/")).await;
        assert!(matches!(error.fault, DownloadFault::PrivateAddress { .. }), "{name}: {error}");
    }
}
