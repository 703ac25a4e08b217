//! Who answers at the address of a scheduler.

use inclusion_cluster::{Cluster, greet};
use std::io::{Read, Write};
use std::net::TcpListener;

/// A server that gives one answer.
fn says(answer: &'static str) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = listener.local_addr().expect("an address").to_string();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().expect("a client");
        let mut head = [0; 1024];
        let read = stream.read(&mut head).expect("a request");
        assert!(head[..read].starts_with(b"GET /readyz HTTP/1.1\r\n"));
        stream.write_all(answer.as_bytes()).expect("an answer");
    });
    address
}

#[test]
fn a_scheduler_of_this_version_with_executors_is_taken() {
    let cluster = greet(&says(
        "HTTP/1.1 200 OK\r\nServer: ballista/55.9.1\r\n\r\nready: 2 executors registered\n",
    ));
    let expected = Cluster { version: "55.9.1".to_string(), executors: 2 };
    assert_eq!(cluster.expect("a cluster"), expected);
}

#[test]
fn other_versions_other_programs_and_lonely_schedulers_are_refused() {
    let refused = |answer| greet(&says(answer)).expect_err("refused").to_string();
    let message = refused("HTTP/1.1 200 OK\r\nserver: ballista/54.0.0\r\n\r\nready: 2\n");
    assert!(message.contains("is Ballista 54.0.0 and this program is of 55."), "{message}");
    let message = refused("HTTP/1.1 404 Not Found\r\nServer: nginx\r\n\r\n");
    assert!(message.contains("it is `nginx`"), "{message}");
    assert!(refused("SSH-2.0-OpenSSH\r\n").contains("it speaks no HTTP"));
    let message = refused(
        "HTTP/1.1 503 Service Unavailable\r\nserver: ballista/55.0.0\r\n\r\nnot ready: 0/1 executors registered\n",
    );
    assert!(message.contains("has no executor; start one"), "{message}");
}

#[test]
fn an_address_where_nobody_listens_is_told() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    let message = greet(&address).expect_err("nobody").to_string();
    assert!(message.starts_with(&format!("no scheduler answers at {address}")), "{message}");
}
