//! Benchmarks: a subject and its peer do the same work in the same run, and the ratio is what counts.
#![expect(clippy::print_stdout, reason = "the table is the result")]

mod side_by_side;

use std::hint::black_box;

use side_by_side::{Comparison, table};

fn main() {
    let own_cost = Comparison::of("the harness itself", 200)
        .subject("an empty round", || {
            black_box(());
        })
        .peer("an empty round", || {
            black_box(());
        });
    for line in table(&[own_cost]) {
        println!("{line}");
    }
}
