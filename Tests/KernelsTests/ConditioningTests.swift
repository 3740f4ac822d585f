import KernelInterface
import Testing

/// Dropout, clipping, penalties and the checks of finiteness. The optimizers' numbers are compared with PyTorch's trajectories elsewhere.
@Suite struct ConditioningTests {
    /// The known answer of Philox4x32-10 for counter 0 and key 0 decides which of the first four elements stay.
    @Test(arguments: Variant.all) func dropoutReadsPhilox(_ variant: Variant) {
        let words: [UInt32] = [0x6627_e8d5, 0xe169_c58d, 0xbc57_ac4c, 0x9b00_dbd8]
        let x: [Float] = [1, 2, 3, 4]
        for word in words {
            // At a rate just above the word it is dropped, at the word it stays.
            for (rate, stays) in [(Double(word) / 0x1p32, true), ((Double(word) + 0.5) / 0x1p32, false)] {
                let y: [Float] = guarded(4) { y in x.withUnsafeBytes { variant.float.dropout(y, $0.baseAddress!, rate, 0, 0, 0, 4) } }
                let index = words.firstIndex(of: word)!
                #expect((y[index] != 0) == stays)
                for (i, value) in y.enumerated() where value != 0 { #expect(value == x[i] * Float(1 / (1 - rate))) }
            }
        }
    }

    @Test(arguments: Variant.all) func dropoutKeepsTheMean(_ variant: Variant) {
        let x = [Float](repeating: 1, count: 40_000)
        let y: [Float] = guarded(x.count) { y in x.withUnsafeBytes { variant.float.dropout(y, $0.baseAddress!, 0.25, 5, 1, 0, x.count) } }
        let mean = y.reduce(0, +) / Float(x.count)
        #expect((mean - 1).magnitude < 0.01)
    }

    @Test(arguments: Variant.all) func clippingAndPenalties(_ variant: Variant) {
        let x: [Double] = [3, -4, 0]
        var total = 0.0
        x.withUnsafeBytes { variant.double.addSquaredNorm(&total, $0.baseAddress!, 3) }
        #expect(total == 25)
        let clipped: [Double] = guarded(3) { y in x.withUnsafeBytes { variant.double.clipByNorm(y, $0.baseAddress!, &total, 1, 0, 3) } }
        #expect(clipped == x.map { $0 * (1.0 / 5) })
        // A norm at the limit is left alone, to the last bit.
        let same: [Double] = guarded(3) { y in x.withUnsafeBytes { variant.double.clipByNorm(y, $0.baseAddress!, &total, 5, 0, 3) } }
        #expect(same == x)
        let kept: [Double] = guarded(3) { y in x.withUnsafeBytes { variant.double.clipByNorm(y, $0.baseAddress!, &total, 6, 0, 3) } }
        #expect(kept == x)
        let values: [Double] = guarded(3) { y in x.withUnsafeBytes { variant.double.clipByValue(y, $0.baseAddress!, 2.5, 0, 3) } }
        #expect(values == [2.5, -2.5, 0])
        let w: [Double] = [0.5, -2, 0]
        let penalized: [Double] = guarded(3) { y in
            x.withUnsafeBytes { x in w.withUnsafeBytes { variant.double.penaltyGradient(y, x.baseAddress!, $0.baseAddress!, 0.1, 0.25, 0, 3) } }
        }
        #expect(penalized == [3 + 0.1 + 0.25, -4 - 0.1 - 1, 0])
    }

    @Test(arguments: Variant.all) func finiteness(_ variant: Variant) {
        for size in [1, 5, 16, 40] {
            let good = [Float](repeating: .greatestFiniteMagnitude, count: size)
            #expect(good.withUnsafeBytes { variant.float.allFinite($0.baseAddress!, size) } == 1)
            for bad in [Float.nan, .infinity, -.infinity] {
                for at in [0, size / 2, size - 1] {
                    var values = good
                    values[at] = bad
                    #expect(values.withUnsafeBytes { variant.float.allFinite($0.baseAddress!, size) } == 0)
                }
            }
        }
    }

    @Test(arguments: Variant.all) func gathersRows(_ variant: Variant) {
        let source: [Float] = (0..<12).map { Float($0) }
        let order: [Int32] = [3, 0, 2]
        let y: [Float] = guarded(9) { y in
            source.withUnsafeBytes { source in
                for (from, to) in [(0, 1), (1, 3)] { variant.float.gatherRows(y, source.baseAddress!, order, 12, from, to) }
            }
        }
        #expect(y == [9, 10, 11, 0, 1, 2, 6, 7, 8])
    }
}
