import Execution
import IR
import Testing

/// Reads and writes an executor's buffers as Double, row-major.
struct Cells {
    let executor: Executor

    private var isFloat: Bool { executor.plan.precision == .float32 }

    func read(_ id: BufferID) -> [Double] {
        let shape = executor.plan[id].shape
        let count = shape.elementsPerRow * (shape.isBatched ? executor.plan.capacity : 1)
        var bytes = [UInt8](repeating: 0, count: count * executor.plan.precision.byteCount)
        return bytes.withUnsafeMutableBytes { bytes in
            if shape.isBatched {
                bytes.copyMemory(from: UnsafeRawBufferPointer(start: executor.pointer(id), count: bytes.count))
            } else {
                executor.read(id, into: bytes.baseAddress!)
            }
            return isFloat ? bytes.bindMemory(to: Float.self).map(Double.init) : Array(bytes.bindMemory(to: Double.self))
        }
    }

    func write(_ values: [Double], to id: BufferID) {
        let bytes = bytes(values)
        bytes.withUnsafeBytes { bytes in
            if executor.plan[id].shape.isBatched {
                executor.pointer(id).copyMemory(from: bytes.baseAddress!, byteCount: bytes.count)
            } else {
                executor.write(id, from: bytes.baseAddress!)
            }
        }
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
