//! The report, for someone who knows money and not this program.

use douyin_reconciliation::{Check, InYuan, Item, Note, ReconciliationReport, Scenario, Topic};
use generated_client::platform::Fen;

pub(crate) fn print(report: &ReconciliationReport) {
    let (from, to) = (report.window.from, report.window.to);
    println!(
        "\nReconciliation 对账, from {from} until before {to}, UTC+08:00, by the time of completion"
    );
    println!(
        "Diamonds 钻石, from {} until before {}",
        report.diamond_window.from, report.diamond_window.to
    );
    for scenario in &report.scenarios {
        print_scenario(scenario);
    }
    print_findings(report);
    print_notes(report);
    print_verdict(report);
}

/// Sums that are alike say nothing about rows that could not be read.
fn print_verdict(report: &ReconciliationReport) {
    match (report.is_clean(), report.unread) {
        (true, _) => println!("\nEverything was read and fits together 核对无误"),
        (false, 0) => println!("\nSee above what does not fit together 存在差异"),
        (false, unread) => println!(
            "\nSee above what does not fit together 存在差异; {unread} rows could not be read 未读取, and are in no sum"
        ),
    }
}

fn print_scenario(scenario: &Scenario) {
    let topic = scenario.topic;
    match topic.number() {
        Some(number) => println!("\nScenario {number} 场景{number}: {topic} {}", topic.chinese()),
        None => println!("\nBesides: {topic} {}", topic.chinese()),
    }
    for item in &scenario.items {
        print_item(item, topic == Topic::Diamonds);
    }
    for check in &scenario.checks {
        print_check(check);
    }
}

fn print_item(item: &Item, is_in_diamonds: bool) {
    let count = item.count.map(|count| format!("  {count:>9} records 笔")).unwrap_or_default();
    let amount = written(item.amount, is_in_diamonds);
    println!("    {:<38}{amount:>26}{count}  {}", item.label, item.chinese);
}

fn print_check(check: &Check) {
    let is_in_diamonds = check.control.is_in_diamonds();
    let [left, right, gap] =
        [check.left, check.right, check.gap].map(|sum| written(sum, is_in_diamonds));
    let name = check.control;
    if check.holds() {
        println!("  ✓ {name}: {left}");
        return;
    }
    println!("  ✗ {name}: {left} and {right}, differ by 差异 {gap}");
    let findings: Vec<String> =
        check.findings.iter().map(|finding| format!("no. {}", finding + 1)).collect();
    let rest = written(i64::try_from(check.unexplained()).unwrap_or(i64::MAX), is_in_diamonds);
    println!("      explained by {}; left unexplained 未解释: {rest}", findings.join(", "));
}

fn written(amount: i64, is_in_diamonds: bool) -> String {
    match is_in_diamonds {
        true => format!("{amount} diamonds 钻石"),
        false => format!("{} yuan 元", InYuan(Fen(amount))),
    }
}

fn print_findings(report: &ReconciliationReport) {
    println!("\nWhat does not fit together 差异明细: {}", report.findings.len());
    for (number, found) in report.findings.iter().enumerate() {
        println!("  {:>3}. {}", number + 1, found.finding);
    }
    for word in &report.unknown_words {
        println!("    -  {word}");
    }
}

fn print_notes(report: &ReconciliationReport) {
    println!("\nAcross the end of the month and no fault 跨天, 非差异: {}", report.notes.len());
    for note in report.notes.iter().filter(|note| matches!(note, Note::StillInTransit { .. })) {
        println!("    -  {note}");
    }
}
