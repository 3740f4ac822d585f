/// Mean and deviation of up to eight columns at once, each summed in the order of its rows: the same bits as one after the other.
///
/// Eight chains of additions go on side by side, where one alone would wait for every sum.
struct ColumnSums {
    static let lanes = 8

    private let count: Double
    private var low: SIMD8<Double>
    private var high: SIMD8<Double>
    private let mean: SIMD8<Double>
    private var squares = SIMD8<Double>(repeating: 0)
    private var residual = SIMD8<Double>(repeating: 0)

    /// nil without a column or row. Precondition: no NaN.
    init?(_ columns: [ColumnNumbers], _ rows: [Int32]) {
        guard let row = rows.first, !columns.isEmpty, columns.allSatisfy({ !$0.isEmpty }) else { return nil }
        count = Double(rows.count)
        var first = SIMD8<Double>(repeating: 0)
        for lane in 0..<ColumnSums.lanes { first[lane] = columns[min(lane, columns.count - 1)][Int(row)] }
        var (low, high) = (first, first)
        var sum = SIMD8<Double>(repeating: 0)
        ColumnSums.walk(columns, rows) { value in
            sum += value
            // Of equals (0 and -0) the first is the lowest, as `min` has it.
            low.replace(with: value, where: value .< low)
            high.replace(with: value, where: value .>= high)
        }
        (self.low, self.high) = (low, high)
        let mean = sum / SIMD8(repeating: count)
        self.mean = mean
        var (squares, residual) = (SIMD8<Double>(repeating: 0), SIMD8<Double>(repeating: 0))
        ColumnSums.walk(columns, rows) { value in
            let difference = value - mean
            squares += difference * difference
            residual += difference
        }
        (self.squares, self.residual) = (squares, residual)
    }

    /// Gives the values of each row, in order. Elements of array files become Doubles some rows at a time.
    @inline(__always)
    private static func walk(_ columns: [ColumnNumbers], _ rows: [Int32], _ body: (SIMD8<Double>) -> Void) {
        let block = columns.allSatisfy { $0.doubles != nil } ? rows.count : min(rows.count, 4096)
        let scratch = LaneScratch(rows: block)
        rows.withUnsafeBufferPointer { rows in
            var start = 0
            while start < rows.count {
                let some = UnsafeBufferPointer(rebasing: rows[start..<min(start + block, rows.count)])
                start += some.count
                let (sources, numbers) = scratch.lanes(columns, some)
                guard let a = sources[0], let b = sources[1], let c = sources[2], let d = sources[3], let e = sources[4], let f = sources[5],
                    let g = sources[6], let h = sources[7]
                else { return }
                for number in numbers {
                    let row = Int(number)
                    body(SIMD8(a[row], b[row], c[row], d[row], e[row], f[row], g[row], h[row]))
                }
            }
        }
    }

    /// As `Scaling.fit` with zscore.
    func scaling(_ lane: Int) -> Scaling {
        Scaling.constant(low: low[lane], high: high[lane])
            ?? Scaling.zscore(mean: mean[lane], squares: squares[lane], residual: residual[lane], count: count)
    }
}
