#!/usr/bin/env python3
"""What 300 structs that derive `Validate` cost the compiler, beside the same checks by hand.

usage: compile_validate.py [--keep DIR]

Makes a crate of 300 structs (6 byte-limited strings, one https prefix, one nested Vec) in a temporary folder, builds
what it depends on, and then measures the user CPU of `cargo check` and `cargo build --release` of that crate alone,
incremental off, the least of three. Prints `name figure budget ratio`; the ratio is of the figure to the budget.
"""
import os
import pathlib
import resource
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
STRUCTS = 300
RUNS = 3
CHECK_BUDGET, RELEASE_BUDGET, LINES_BUDGET = 0.7, 2.0, 25
LIMITS = [("out_settle_no", 64), ("out_order_no", 64), ("app_id", 64), ("settle_desc", 512), ("cp_extra", 2048),
          ("notify_url", 256)]

MANIFEST = """\
[package]
name = "structs"
version = "0.0.0"
edition = "2024"
[workspace]
[dependencies]
apiscribe = {{ path = "{root}/runtime", default-features = false }}
"""

PART = {
    "derive": "#[derive(::apiscribe::Validate)]\npub struct Part {\n    #[validate(bytes(max = 32))]\n    pub id: String,\n}\n",
    "hand": """\
pub struct Part { pub id: String }
pub struct Violation { pub path: String, pub max: usize, pub actual: usize }
impl Part {
    pub fn check(&self, index: usize, found: &mut Vec<Violation>) {
        if self.id.len() > 32 {
            found.push(Violation { path: format!("parts[{index}].id"), max: 32, actual: self.id.len() });
        }
    }
}
pub fn check_length(text: &str, path: &str, max: usize, found: &mut Vec<Violation>) {
    if text.len() > max {
        found.push(Violation { path: path.to_owned(), max, actual: text.len() });
    }
}
pub fn check_https(text: &str, path: &str, found: &mut Vec<Violation>) {
    if !text.starts_with("https://") {
        found.push(Violation { path: path.to_owned(), max: 0, actual: text.len() });
    }
}
""",
    "none": "pub struct Part { pub id: String }\n",
}


def struct(way, number):
    return {"derive": derived, "hand": by_hand, "none": bare}[way](number)


def bare(number):
    fields = "".join(f"    pub {name}: String,\n" for name, _ in LIMITS)
    return f"pub struct Order{number} {{\n{fields}    pub parts: Vec<Part>,\n}}\n"


def derived(number):
    fields = ""
    for name, limit in LIMITS:
        url = ', url("https")' if name == "notify_url" else ""
        fields += f"    #[validate(bytes(max = {limit}){url})]\n    pub {name}: String,\n"
    fields += "    #[validate(nested)]\n    pub parts: Vec<Part>,\n"
    return f"#[derive(::apiscribe::Validate)]\npub struct Order{number} {{\n{fields}}}\n"


def by_hand(number):
    checks = "".join(f'        check_length(&self.{name}, "{name}", {limit}, &mut found);\n' for name, limit in LIMITS)
    return bare(number) + f"""\
impl Order{number} {{
    pub fn validate(&self) -> Result<(), Vec<Violation>> {{
        let mut found = Vec::new();
{checks}        check_https(&self.notify_url, "notify_url", &mut found);
        for (index, part) in self.parts.iter().enumerate() {{
            part.check(index, &mut found);
        }}
        if found.is_empty() {{ Ok(()) }} else {{ Err(found) }}
    }}
}}
"""


def make(folder, way):
    (folder / "src").mkdir(parents=True, exist_ok=True)
    (folder / "Cargo.toml").write_text(MANIFEST.format(root=ROOT))
    for shared in ("Cargo.lock", "rust-toolchain.toml"):
        (folder / shared).write_text((ROOT / shared).read_text())
    (folder / "src/lib.rs").write_text(PART[way] + "".join(struct(way, number) for number in range(STRUCTS)))


def cargo(folder, *arguments, **more):
    environment = dict(os.environ, CARGO_INCREMENTAL="0", **more)
    environment.setdefault("CARGO_TARGET_DIR", str(folder / "target"))
    command = ["cargo", "--offline", "--quiet", *arguments]
    result = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    if result.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{result.stderr}")
    return result.stdout


def user_cpu(folder, *arguments):
    """The least seconds that the crate alone takes; what it depends on is built before."""
    cargo(folder, *arguments)
    times = []
    for _ in range(RUNS):
        os.utime(folder / "src/lib.rs")
        before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
        cargo(folder, *arguments)
        times.append(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before)
    return min(times)


def expanded_lines(folder):
    text = cargo(folder, "rustc", "--profile", "check", "--", "-Zunpretty=expanded", RUSTC_BOOTSTRAP="1")
    return len(text.splitlines())


def report(name, figure, budget):
    verdict = "ok" if figure <= budget else "MISSED"
    print(f"{name:<72} {figure:>10.2f} {budget:>8.2f} {figure / budget:>6.2f} {verdict}")


def measure(folder):
    figures = {}
    for way in ("hand", "derive"):
        make(folder / way, way)
        figures[way] = user_cpu(folder / way, "check"), user_cpu(folder / way, "build", "--release")
    make(folder / "none", "none")
    lines = (expanded_lines(folder / "derive") - expanded_lines(folder / "none")) / STRUCTS
    (hand_check, hand_release), (check, release) = figures["hand"], figures["derive"]
    report(f"{STRUCTS} structs: check, user CPU s, {hand_check:.2f} by hand", check, CHECK_BUDGET)
    report(f"{STRUCTS} structs: release, user CPU s, {hand_release:.2f} by hand", release, RELEASE_BUDGET)
    report("expanded lines a struct", lines, LINES_BUDGET)


def main():
    if sys.argv[1:2] == ["--keep"]:
        return measure(pathlib.Path(sys.argv[2]))
    with tempfile.TemporaryDirectory() as folder:
        measure(pathlib.Path(folder))


if __name__ == "__main__":
    main()
