//! The cargo features of the client are made of the spec: whoever runs these tests has them written anew if they were stale, so that
//! nobody keeps them by hand. All else that is made of the spec is made when its crate is built.

use std::fs;

use apiscribe_codegen::ir::{Client, Module};
use apiscribe_codegen::source::Sources;

use crate::specs::{files, sources};
use crate::support::{folder, read};

/// From the folder of all tests.
const MANIFEST: &str = "../generated-client/Cargo.toml";

/// The lines of the manifest around what is made.
const START: &str = "# <domains>\n";
const END: &str = "# </domains>\n";

/// The manifest, with the features that the spec has.
fn renewed(manifest: &str, sources: &Sources) -> String {
    let client = apiscribe_codegen::ir(sources).unwrap_or_else(|faults| panic!("{faults}"));
    let (before, rest) = manifest.split_once(START).expect("the line before the features");
    let (_, behind) = rest.split_once(END).expect("the line behind the features");
    format!("{before}{START}{}{END}{behind}", features(&client))
}

/// A cargo feature for each domain, which brings in the domains that it names something of, and what its code stands on; and one for
/// each former name, which brings in the domain.
fn features(client: &Client) -> String {
    let rows: String = client.modules.iter().map(rows).collect();
    let all: Vec<String> =
        client.modules.iter().map(|module| format!("{:?}", module.name)).collect();
    format!("{rows}# All of them.\nall-domains = [{}]\n", all.join(", "))
}

fn rows(module: &Module) -> String {
    let domains = module.uses.iter().cloned();
    let needed = module.features().map(|feature| format!("apiscribe/{feature}"));
    let brought: Vec<String> = domains.chain(needed).map(|name| format!("{name:?}")).collect();
    let former = module.formerly.iter().map(|name| format!("{name} = [{:?}]\n", module.name));
    format!("{} = [{}]\n{}", module.name, brought.join(", "), former.collect::<String>())
}

#[test]
fn the_features_are_those_of_the_spec() {
    let manifest = read(&folder(MANIFEST));
    let renewed = renewed(&manifest, &sources(&folder("../spec")));
    if renewed != manifest {
        fs::write(folder(MANIFEST), renewed).expect("a file to write to");
        panic!(
            "generated-client/Cargo.toml was stale; it has been written anew: look at it, commit it, and run the tests again"
        );
    }
}

/// As CONTRIBUTING.md says, whoever adds a domain writes no feature.
#[test]
fn a_new_domain_has_a_feature_and_so_has_its_former_name() {
    const NEW: &str = "domain: fictional\nformerly: imaginary\ndoc: Fiction | boxes.\ntypes:\n  Fiction:\n    type: object\n    source: open-api-sdk\n    \
                       fields: [{ name: order_id, type: common.OrderId, required: true }, { name: code, type: string, pattern: \"[0-9]+\" }]\n";
    let mut spec = files(&folder("../spec"));
    let before = renewed(&read(&folder(MANIFEST)), &Sources::new(spec.clone()));
    spec.push(("fictional.yaml".to_owned(), NEW.to_owned()));
    let after = renewed(&before, &Sources::new(spec));
    let new: Vec<&str> =
        after.lines().filter(|line| !before.lines().any(|known| known == *line)).collect();
    let [own, former, all] = new.as_slice() else { panic!("{new:?}") };
    assert_eq!(*own, "fictional = [\"common\", \"apiscribe/pattern\"]");
    assert_eq!(*former, "imaginary = [\"fictional\"]");
    assert!(all.contains(", \"fictional\", ") && !all.contains("imaginary"), "{all}");
}
