import Execution
import IR
import Testing

/// Reads and writes an executor's buffers as Double.
struct Cells {
    let executor: Executor

    private var isFloat: Bool { executor.plan.precision == .float32 }

    func read(_ id: BufferID) -> [Double] {
        let count = executor.plan[id].shape.elementsPerRow * (executor.plan[id].shape.isBatched ? executor.plan.capacity : 1)
        let pointer = executor.pointer(id)
        return (0..<count).map {
            isFloat ? Double(pointer.assumingMemoryBound(to: Float.self)[$0]) : pointer.assumingMemoryBound(to: Double.self)[$0]
        }
    }

    func write(_ values: [Double], to id: BufferID) {
        let bytes = bytes(values)
        bytes.withUnsafeBytes { executor.pointer(id).copyMemory(from: $0.baseAddress!, byteCount: bytes.count) }
    }

    /// The values in the plan's precision.
    func bytes(_ values: [Double]) -> [UInt8] {
        isFloat ? values.map { Float($0) }.withUnsafeBytes { Array($0) } : values.withUnsafeBytes { Array($0) }
    }
}

/// The one comparator: shape, then finiteness, then |a - b| <= tolerance * max(1, |b|).
func expectClose(_ found: [Double], _ wanted: [Double], _ tolerance: Double, _ what: String, sourceLocation: SourceLocation = #_sourceLocation) {
    #expect(isClose(found, wanted, tolerance), "\(what): found \(found.prefix(4)), want \(wanted.prefix(4))", sourceLocation: sourceLocation)
}

func isClose(_ found: [Double], _ wanted: [Double], _ tolerance: Double) -> Bool {
    guard found.count == wanted.count else { return false }
    return zip(found, wanted).allSatisfy { a, b in
        guard a.isFinite, b.isFinite else { return false }
        return (a - b).magnitude <= tolerance * max(1, b.magnitude)
    }
}

@Suite struct ComparatorTests {
    @Test func canFail() {
        #expect(!isClose([1], [1, 1], 1))
        #expect(!isClose([.nan], [.nan], 1))
        #expect(!isClose([.infinity], [.infinity], 1))
        #expect(!isClose([1.001], [1], 1e-4))
        #expect(isClose([1.00001], [1], 1e-4))
    }
}
