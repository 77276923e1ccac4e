//! What other files say of the spec is made of it: the list of embedded files, the cargo features, the tables. Whoever runs these tests
//! has what was stale written anew, so that nobody keeps it by hand.

use std::collections::BTreeMap;
use std::fs;

use apiscribe_codegen::ir::{Client, Module};
use apiscribe_codegen::source::Sources;

use crate::specs::{files, sources};
use crate::support::{folder, read};

/// A stretch of a file that is made of the spec.
struct Part {
    /// From the root of the workspace.
    file: &'static str,
    /// The lines that stand before and behind it.
    between: (&'static str, &'static str),
    make: fn(&Sources, &Client) -> String,
}

const PARTS: &[Part] = &[
    Part {
        file: "spec/src/lib.rs",
        between: ("pub const FILES: &[File] = embed![", "];"),
        make: |sources, _| sources.names().map(|name| format!("    {name:?},\n")).collect(),
    },
    Part {
        file: "spec/README.md",
        between: ("<!-- files -->", "<!-- /files -->"),
        make: |_, client| {
            let domains = table_of_domains(client, |domain| format!("{domain}.yaml"));
            format!(
                "| file | holds |\n|---|---|\n| platform.yaml | What all domains share: sources, servers, authentication, \
                 envelopes, signatures, the price levels. |\n{domains}"
            )
        },
    },
    Part {
        file: "generated-client/Cargo.toml",
        between: ("# <domains>", "# </domains>"),
        make: |_, client| features(client),
    },
    Part {
        file: "generated-client/README.md",
        between: ("<!-- domains -->", "<!-- /domains -->"),
        make: |_, client| {
            let domains = table_of_domains(client, |domain| format!("`{domain}`"));
            format!("| feature | what it brings |\n|---|---|\n{domains}")
        },
    },
    Part {
        file: "generated-client/README.md",
        between: ("<!-- table -->", "<!-- /table -->"),
        make: |_, client| apiscribe_codegen::table(client),
    },
];

impl Part {
    /// The file's text with this part as the spec has it.
    fn renewed(&self, text: &str, sources: &Sources, client: &Client) -> String {
        let (start, end) = self.between;
        let (start, end) = (format!("{start}\n"), format!("\n{end}\n"));
        let (before, rest) = text
            .split_once(&start)
            .unwrap_or_else(|| panic!("{}: no line `{}`", self.file, start.trim()));
        let (_, behind) = format!("\n{rest}")
            .split_once(&end)
            .map(|(_, behind)| ((), behind.to_owned()))
            .unwrap_or_else(|| panic!("{}: no line `{}`", self.file, end.trim()));
        format!("{before}{start}{}{end}{behind}", (self.make)(sources, client).trim_end())
    }
}

/// A row for each domain, with what its file says of it.
fn table_of_domains(client: &Client, name: fn(&str) -> String) -> String {
    let row = |module: &Module| {
        let doc = module.doc.text.as_deref().unwrap_or("–").replace('\n', " ").replace('|', "\\|");
        format!("| {} | {doc} |\n", name(&module.name))
    };
    client.modules.iter().map(row).collect()
}

/// A cargo feature for each domain, which brings in the domains that it names something of, and what its code stands on.
fn features(client: &Client) -> String {
    let brought = |module: &Module| {
        let domains = module.uses.iter().cloned();
        let needed = module.features().map(|feature| format!("apiscribe/{feature}"));
        domains.chain(needed).map(|name| format!("{name:?}")).collect::<Vec<_>>().join(", ")
    };
    let rows =
        client.modules.iter().map(|module| format!("{} = [{}]\n", module.name, brought(module)));
    let all: Vec<String> =
        client.modules.iter().map(|module| format!("{:?}", module.name)).collect();
    format!("{}# All of them.\nall-domains = [{}]\n", rows.collect::<String>(), all.join(", "))
}

/// The files as they should be, by name.
fn renewed(sources: &Sources, text_of: impl Fn(&str) -> String) -> BTreeMap<&'static str, String> {
    let client = apiscribe_codegen::ir(sources).unwrap_or_else(|faults| panic!("{faults}"));
    let mut files: BTreeMap<&str, String> = BTreeMap::new();
    for part in PARTS {
        let text = files.entry(part.file).or_insert_with(|| text_of(part.file));
        *text = part.renewed(text, sources, &client);
    }
    files
}

fn kept(file: &str) -> String {
    read(&folder("..").join(file))
}

#[test]
fn what_is_made_of_the_spec_is_up_to_date() {
    let files = renewed(&sources(&folder("../spec")), kept);
    let stale: Vec<&str> =
        files.iter().filter(|(file, text)| kept(file) != **text).map(|(file, _)| *file).collect();
    for file in &stale {
        fs::write(folder("..").join(file), &files[file]).expect("a file to write to");
    }
    assert!(
        stale.is_empty(),
        "written anew, as the spec has changed: {}; look at it, commit it, and run the tests again",
        stale.join(", ")
    );
}

/// As CONTRIBUTING.md says, whoever adds a domain writes its file and nothing else of these.
#[test]
fn a_new_domain_is_its_file_and_what_is_made_of_it() {
    const NEW: &str = "domain: fictional\ndoc: Fiction | boxes.\ntypes:\n  Fiction:\n    type: object\n    source: open-api-sdk\n    \
                       fields: [{ name: order_id, type: common.OrderId, required: true }, { name: code, type: string, pattern: \"[0-9]+\" }]\n";
    let mut spec = files(&folder("../spec"));
    let before = renewed(&Sources::new(spec.clone()), kept);
    spec.push(("fictional.yaml".to_owned(), NEW.to_owned()));
    let after = renewed(&Sources::new(spec), kept);
    let lines = |file: &str| -> Vec<&str> {
        let new =
            after[file].lines().filter(|line| !before[file].lines().any(|known| known == *line));
        new.collect()
    };
    assert_eq!(lines("spec/src/lib.rs"), ["    \"fictional.yaml\","]);
    assert_eq!(lines("spec/README.md"), ["| fictional.yaml | Fiction \\| boxes. |"]);
    assert_eq!(lines("generated-client/README.md"), ["| `fictional` | Fiction \\| boxes. |"]);
    let features = lines("generated-client/Cargo.toml");
    assert_eq!(features[0], "fictional = [\"common\", \"apiscribe/pattern\"]");
    assert!(features[1].contains(", \"fictional\", "), "{features:?}");
    assert_eq!(features.len(), 2);
}
