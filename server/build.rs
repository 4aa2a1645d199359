//! Builds the demo registry into the binary anew when a file in it comes or goes.

fn main() {
    println!("cargo:rerun-if-changed=demo");
}
