import IR

/// The buffers of a region that outlive a step, looked up once: they are copied and looked through after each epoch, which may be one short step.
///
/// Precondition: the memory outlives it.
struct StoredBuffers {
    private struct Stored {
        /// In the region, in bytes.
        let offset: Int
        let elementByteCount: Int
        let count: Int
        /// nil: in memory the numbers lie as in files.
        let layout: WeightLayout?
    }

    private let base: UnsafeMutableRawPointer
    private let buffers: [Stored]

    init(_ region: Region, of plan: Plan, in memory: MemoryRegion) {
        base = memory.base
        buffers = plan.buffers(in: region).map { id in
            let buffer = plan[id]
            let layout = WeightLayout(buffer.shape)
            return Stored(
                offset: buffer.offset, elementByteCount: buffer.element.byteCount(in: plan.precision), count: buffer.shape.elementsPerRow,
                layout: layout?.panelCount == 1 ? nil : layout)
        }
    }

    /// Copies all of them, each row-major at its offset.
    func read(into target: UnsafeMutableRawPointer) {
        for buffer in buffers {
            let (size, source, target) = (buffer.elementByteCount, base + buffer.offset, target + buffer.offset)
            if let layout = buffer.layout {
                layout.stretches { inRows, inMemory, count in
                    (target + inRows * size).copyMemory(from: source + inMemory * size, byteCount: count * size)
                }
            } else {
                target.copyMemory(from: source, byteCount: buffer.count * size)
            }
        }
    }

    /// Takes back what `read` copied.
    func write(from source: UnsafeRawPointer) {
        for buffer in buffers {
            let (size, source, target) = (buffer.elementByteCount, source + buffer.offset, base + buffer.offset)
            if let layout = buffer.layout {
                layout.stretches { inRows, inMemory, count in
                    (target + inMemory * size).copyMemory(from: source + inRows * size, byteCount: count * size)
                }
            } else {
                target.copyMemory(from: source, byteCount: buffer.count * size)
            }
        }
    }

    func allSatisfy(_ isTrue: (_ numbers: UnsafeRawPointer, _ count: Int) -> Bool) -> Bool {
        buffers.allSatisfy { isTrue(base + $0.offset, $0.count) }
    }
}
