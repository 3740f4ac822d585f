import RandomStreams
#if canImport(Glibc)
import Glibc
#elseif canImport(Musl)
import Musl
#else
import Darwin
#endif

/// CSV files for the workloads, so that `nnspec train Benchmarks/workloads/NAME.yaml` runs; six digits a number.
enum MadeUpData {
    static func write(_ name: String, rows: Int?) {
        let workload = Workload.named(name)
        let width = workload.network.inputWidth
        let folder = "Benchmarks/workloads/data"
        mkdir(folder, 0o777)
        let isClassification = !workload.classes.isEmpty
        var text = (0..<width).map { "x\($0)," }.joined() + (isClassification ? "class\n" : "y\n")
        let outputs = Workload.outputs(name)
        for row in 0..<(rows ?? max(10 * workload.batchRows, outputs)) {
            let at = row % workload.order.count
            for column in 0..<width { text += fixed(Double(workload.inputs[at * width + column]), 6) + "," }
            // Every class occurs.
            text += isClassification ? "c\(row < outputs ? row : Int(workload.classes[at]))\n" : fixed(Double(workload.values[at]), 6) + "\n"
        }
        let path = "\(folder)/\(name).csv"
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o666)
        guard file >= 0 else { fail("cannot write \(path)") }
        put(text, to: file)
        close(file)
    }
}
