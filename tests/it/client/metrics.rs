//! The numbers that a call leaves.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use apiscribe::client::RetryPolicy;
use metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};

use super::server::{Answer, Server, response};
use super::types::Pay;

/// Sums, and how many values were recorded, by name and labels.
#[derive(Clone, Default)]
struct Numbers(Arc<Mutex<BTreeMap<String, u64>>>);

struct One {
    numbers: Numbers,
    name: String,
}

impl Numbers {
    fn one(&self, key: &Key) -> Arc<One> {
        let labels = key.labels().map(|label| format!(" {}={}", label.key(), label.value()));
        let name = key.name().to_owned() + &labels.collect::<String>();
        Arc::new(One { numbers: self.clone(), name })
    }
}

impl One {
    fn add(&self, value: u64) {
        *self.numbers.0.lock().unwrap().entry(self.name.clone()).or_default() += value;
    }
}

impl CounterFn for One {
    fn increment(&self, value: u64) {
        self.add(value);
    }

    fn absolute(&self, _: u64) {}
}

impl HistogramFn for One {
    fn record(&self, _: f64) {
        self.add(1);
    }
}

impl Recorder for Numbers {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}

    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(self.one(key))
    }

    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }

    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(self.one(key))
    }
}

#[test]
fn calls_are_counted_by_outcome_and_errors_by_code() {
    let numbers = Numbers::default();
    let server = Server::series(&[
        Answer::Close(Vec::new()),
        Answer::Close(response(200, r#"{"err_no":0,"data":{"amount":5,"items":[]}}"#)),
        Answer::Close(response(400, r#"{"err_no":23111}"#)),
    ]);
    let pauses = RetryPolicy::new().pauses(Duration::from_millis(1), Duration::from_millis(2));
    let client = server.builder().retry(pauses).build().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    metrics::with_local_recorder(&numbers, || {
        runtime.block_on(async {
            client.call(&Pay::new("p1")).await.unwrap();
            client.call(&Pay::new("p2")).await.unwrap_err();
        });
    });
    let found: Vec<(String, u64)> = numbers.0.lock().unwrap().clone().into_iter().collect();
    let expected = [
        ("api_client_errors_total endpoint=pay code=23111", 1),
        ("api_client_request_duration_seconds endpoint=pay", 2),
        ("api_client_requests_total endpoint=pay outcome=api", 1),
        ("api_client_requests_total endpoint=pay outcome=ok", 1),
        ("api_client_retries_total endpoint=pay", 1),
    ];
    assert_eq!(found, expected.map(|(name, value)| (name.to_owned(), value)));
}
