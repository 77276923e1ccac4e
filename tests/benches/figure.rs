//! A line of the table that `tests/benches/run` prints.

/// Prints a figure; with a budget, also the ratio to it and whether it is kept.
pub(crate) fn print(name: &str, figure: f64, budget: Option<f64>) {
    let Some(budget) = budget else {
        println!("{name:<72} {figure:>10.2}");
        return;
    };
    let ratio = if budget > 0.0 { figure / budget } else { figure + 1.0 };
    let verdict = if ratio <= 1.0 { "ok" } else { "MISSED" };
    println!("{name:<72} {figure:>10.2} {budget:>8.2} {ratio:>6.2} {verdict}");
}
