//! The kernel over rows that are in memory already: in the order of the PSUs, and shuffled by unit.

#[path = "../examples/kernel/survey.rs"]
mod survey;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use inclusion_survey::{Options, Rows, estimate};
use std::hint::black_box;

const UNITS: usize = 8;
const UNIT: usize = 25_000;

fn kernel(criterion: &mut Criterion) {
    let plan = survey::plan().expect("invariant: the plan is fixed");
    let mut random = survey::Random(1);
    let units: Vec<_> = (0..UNITS)
        .map(|unit| {
            survey::generate(&mut random, unit * UNIT, UNIT, 0)
                .expect("invariant: columns of one length")
        })
        .collect();
    let mut group = criterion.benchmark_group("estimate");
    group.sample_size(10).throughput(Throughput::Elements((UNITS * UNIT) as u64));
    for (name, reversed) in [("in order", false), ("out of order", true)] {
        let rows = Rows {
            schema: units[0].schema(),
            units: UNITS,
            read: &|unit, each| each(units[if reversed { UNITS - 1 - unit } else { unit }].clone()),
        };
        // Units in reverse bring a stratum back after it was complete, or a PSU before its place.
        group.bench_function(name, |b| {
            b.iter(|| estimate(black_box(&plan), &rows, &Options::default()).expect("an estimate"));
        });
    }
    group.finish();
}

criterion_group!(benches, kernel);
criterion_main!(benches);
