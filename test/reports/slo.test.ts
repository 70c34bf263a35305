import { sloReport } from '../../reports/slo';
import { standing, UnknownSloError, type Ask } from '../../reports/slo-standing';
import { sloTable } from '../../reports/slo-table';
import { availability } from '../../monitoring/slos/availability';

/** A Prometheus that knows some queries by a piece of them; the first piece that fits answers. */
const knowing =
  (answers: Readonly<Record<string, number>>): Ask =>
  async (expr) => {
    const [, value] = Object.entries(answers).find(([piece]) => expr.includes(piece)) ?? [];
    return value === undefined ? [] : [{ labels: {}, points: [[0, value]] }];
  };

const half = {
  count_over_time: 0.25,
  'sum_over_time(slo:sli_error:ratio_rate5m{slo="chatroom-availability"}[30d])': 0.0005,
  'error_budget:ratio': 0.001,
  ratio_rate1h: 0.0144,
  ratio_rate6h: 0.006,
  ratio_rate1d: 0.001,
  ratio_rate3d: 0,
};

test('a standing says what is left, how fast it goes, and how much is known', async () => {
  await expect(standing(availability, knowing(half))).resolves.toEqual({
    slo: 'chatroom-availability',
    objective: 0.999,
    achieved: 0.9995,
    budgetRemaining: 0.5,
    burnRates: { '1h': 14.4, '6h': 6, '1d': 1, '3d': 0 },
    known: 0.25,
  });
});

test('a Prometheus that has recorded nothing about it is told apart from a promise that is kept', async () => {
  const { ratio_rate1h: _missing, ...rest } = half;
  const failure = standing(availability, knowing(rest));
  await expect(failure).rejects.toThrow(UnknownSloError);
  await expect(failure).rejects.toThrow('load recording_rules.yml');
});

test('a table never rounds up to a promise that was not kept', () => {
  const line = {
    slo: 'x',
    objective: 0.999,
    achieved: 0.9989999,
    budgetRemaining: -0.2,
    burnRates: { '1h': 0, '6h': 1.234, '1d': 1, '3d': 1 },
    known: 0.005,
  };
  expect(sloTable([line])).toBe(
    'SLO  objective  achieved  budget left  burn 1h  burn 6h  burn 1d  burn 3d  known of 30d\n' +
      'x     99.900 %  99.899 %      -20.0 %    0.00x    1.23x    1.00x    1.00x        0.50 %\n',
  );
});

describe('npm run slo', () => {
  const run = async (...args: readonly string[]) => {
    let written = '';
    let complaint = '';
    const code = await sloReport(args, {
      write: (text) => (written += text),
      complain: (text) => (complaint += text),
    });
    return { code, written, complaint };
  };

  test('says what it needs', async () => {
    const { code, complaint } = await run();
    expect(code).toBe(2);
    expect(complaint).toContain('--prometheus: missing; write one such as http://127.0.0.1:9090');
  });

  test('refuses what is no address, and options that it does not have', async () => {
    expect(await run('--prometheus', 'localhost:9090')).toMatchObject({
      code: 2,
      complaint: expect.stringContaining('"localhost:9090" is no http or https address') as unknown,
    });
    expect(await run('--promteheus', 'http://x')).toMatchObject({ code: 2 });
  });

  test('says that nobody answers where nobody does', async () => {
    const { code, written, complaint } = await run('--prometheus', 'http://127.0.0.1:1');
    expect({ code, written }).toEqual({ code: 1, written: '' });
    expect(complaint).toContain('http://127.0.0.1:1/ did not answer');
  });
});
