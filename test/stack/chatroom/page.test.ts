import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { chromium, type Browser, type Page } from 'playwright-core';
import { alertmanagerNotification } from '../../chatroom/alertmanager-notification';
import { eventually } from './eventually';
import { Machine, type OwnProcess } from './machine';

const executablePath = '/usr/bin/chromium';

describe('the web page in a real browser', () => {
  let machine: Machine;
  let one: OwnProcess;
  let two: OwnProcess;
  let webhook: OwnProcess;
  let browser: Browser;
  const errors: string[] = [];

  beforeAll(async () => {
    if (!existsSync(executablePath))
      throw new Error(`${executablePath} is missing; apt-get install chromium`);
    machine = await Machine.start();
    [one, two, webhook] = await Promise.all([
      machine.server('one'),
      machine.server('two'),
      machine.webhook(),
    ]);
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] });
  }, 120_000);
  afterAll(async () => {
    await browser?.close();
    await machine?.stop();
  }, 60_000);

  const visit = async (server: OwnProcess, name: string, room: string, locale = 'en-US'): Promise<Page> => {
    const context = await browser.newContext({ locale });
    const page = await context.newPage();
    page.setDefaultTimeout(20_000);
    page.on('pageerror', (error) => errors.push(String(error)));
    page.on('console', (message) => {
      // A browser reports failed requests as errors by itself; those are the subject of tests here.
      if (message.type() === 'error' && !/net::ERR_|WebSocket|50[0-9]/.test(message.text())) {
        errors.push(message.text());
      }
    });
    await page.goto(server.http);
    await page.locator('#name').fill(name);
    await page.locator('#room').fill(room);
    await page.locator('#enter button').click();
    await page.locator('#chat').waitFor({ state: 'visible' });
    return page;
  };

  const say = async (page: Page, text: string) => {
    await page.locator('#text').fill(text);
    await page.locator('#text').press('Enter');
  };
  const shown = (page: Page, text: string) => page.locator('#messages li', { hasText: text });

  test('lets two people on two replicas talk, and shows each the other', async () => {
    const ann = await visit(one, 'ann', 'lobby');
    const bob = await visit(two, '鲍勃', '#Lobby', 'zh-CN');
    await ann.locator('#members li', { hasText: '鲍勃' }).waitFor();
    await bob.locator('#members li', { hasText: 'ann' }).waitFor();
    expect(await ann.locator('#members-title').textContent()).toBe('2 online');
    expect(await bob.locator('#members-title').textContent()).toBe('在线 2 人');
    expect(await ann.locator('html').getAttribute('lang')).toBe('en');
    expect(await bob.locator('html').getAttribute('lang')).toBe('zh-CN');
    await say(ann, 'hello from ann');
    await shown(bob, 'hello from ann').waitFor();
    await say(bob, '你好，安');
    await shown(ann, '你好，安').waitFor();
    await ann.locator('#messages li[data-state=stored]', { hasText: 'hello from ann' }).waitFor();
    expect(await shown(ann, 'hello from ann').count()).toBe(1);
    await bob.close();
    await eventually(async () => (await ann.locator('#members-title').textContent()) === '1 online');
  }, 120_000);

  test('shows an alert in #ops as an alert, with links, and text never as markup', async () => {
    const page = await visit(one, 'operator', 'ops', 'zh-CN');
    await fetch(`${webhook.http}/alerts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(alertmanagerNotification([{ fingerprint: 'on-the-page', status: 'firing' }])),
    });
    const alert = page.locator('#messages li[data-kind=alert]', { hasText: 'PostgreSQLDown' });
    await alert.waitFor();
    expect(await alert.locator('.badge').textContent()).toBe('告警');
    expect(await alert.locator('a').first().getAttribute('href')).toBe(
      'https://example.com/runbooks/PostgreSQLDown',
    );
    await say(page, '<img src=x onerror=alert(1)> javascript:alert(1)');
    const item = shown(page, 'onerror');
    await item.waitFor();
    expect(await item.locator('img, a').count()).toBe(0);
    // What a person writes is never dressed as an alert.
    expect(await item.getAttribute('data-kind')).toBe('user');
  }, 120_000);

  test('tells whoever chooses a reserved name why they cannot enter', async () => {
    const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    await page.goto(one.http);
    await page.locator('#name').fill('alertmanager');
    await page.locator('#enter button').click();
    await eventually(async () => (await page.locator('#refusal').textContent())?.includes('reserved'));
    expect(await page.locator('#chat').isVisible()).toBe(false);
  }, 60_000);

  test('comes back by itself when its replica dies, and sends what was not acknowledged once', async () => {
    const doomed = await machine.server('doomed');
    const front = await machine.nginx([doomed]);
    const page = await visit(front, 'carol', 'resend');
    const observer = await visit(one, 'dave', 'resend');
    await say(page, 'before');
    await shown(observer, 'before').waitFor();
    // It reaches the server, and the server dies before it can say whether it is stored.
    machine.freezePostgres('SIGSTOP');
    await say(page, 'sent and not acknowledged');
    await sleep(500);
    await doomed.child.stop('SIGKILL');
    machine.freezePostgres('SIGCONT');
    await eventually(async () => (await page.locator('#status').getAttribute('data-state')) !== 'online');
    await say(page, 'written while disconnected');
    await say(page, 'and another');
    await eventually(async () => (await page.locator('#messages li[data-state=waiting]').count()) === 3);
    // The same address, another process behind it: what a load balancer does.
    await machine.server('heir', {}, 'readyz', doomed.port);
    await shown(observer, 'and another').waitFor({ timeout: 40_000 });
    await eventually(async () => (await page.locator('#messages li[data-state=waiting]').count()) === 0);
    const said = ['before', 'sent and not acknowledged', 'written while disconnected', 'and another'];
    for (const text of said) {
      expect(await shown(observer, text).count()).toBe(1);
      expect(await shown(page, text).count()).toBe(1);
    }
    const rows = await machine.sql("SELECT text FROM messages WHERE room = 'resend' ORDER BY seq");
    expect(rows).toEqual(said.map((text) => ({ text })));
  }, 120_000);

  test('says so while messages cannot be stored, and delivers them when they can', async () => {
    const page = await visit(one, 'erin', 'storage');
    await machine.killPostgres();
    await say(page, 'patience');
    await page.locator('#status[data-state=storageAway]').waitFor();
    await machine.startPostgres();
    await page.locator('#messages li[data-state=stored]', { hasText: 'patience' }).waitFor();
    await page.locator('#status[data-state=online]').waitFor();
    expect(await machine.sql("SELECT 1 FROM messages WHERE text = 'patience'")).toHaveLength(1);
  }, 120_000);

  test('shows earlier messages on request', async () => {
    await machine.sql(
      // Old ones: what is new is delivered to everybody by itself after an outage, and there was one just now.
      `INSERT INTO messages (room, author, kind, client_id, text, at)
       SELECT 'long', 'ann', 'user', 'id-' || n, 'line ' || n, now() - interval '1 hour' FROM generate_series(1, 80) AS n`,
    );
    const page = await visit(two, 'frank', 'long');
    await shown(page, 'line 80').waitFor();
    expect(await page.locator('#messages li').count()).toBe(50);
    await page.locator('#earlier').click();
    await eventually(async () => (await page.locator('#messages li').count()) === 80);
    expect(await page.locator('#messages li').first().textContent()).toContain('line 1');
    expect(await page.locator('#earlier').isVisible()).toBe(false);
  }, 60_000);

  test('can be used with the keyboard alone, and names everything for a screen reader', async () => {
    const page = await (await browser.newContext({ locale: 'en-US' })).newPage();
    await page.goto(one.http);
    expect(await page.evaluate('document.activeElement.id')).toBe('name');
    await page.keyboard.type('grace');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Control+A');
    await page.keyboard.type('keys');
    await page.keyboard.press('Enter');
    await page.locator('#chat').waitFor({ state: 'visible' });
    await eventually(async () => (await page.evaluate('document.activeElement.id')) === 'text');
    await page.keyboard.type('typed');
    await page.keyboard.press('Enter');
    await shown(page, 'typed').waitFor();
    await page.getByRole('log', { name: '#keys' }).waitFor();
    await page.getByRole('status').waitFor();
    await page.getByRole('textbox', { name: 'Message' }).waitFor();
    await page.getByRole('button', { name: 'Send', exact: true }).waitFor();
    await page.getByRole('navigation', { name: 'Rooms' }).waitFor();
    await page.getByRole('complementary', { name: '1 online' }).waitFor();
    // What others do must not take the focus away.
    await page.getByRole('button', { name: '#lobby' }).focus();
    const other = await visit(two, 'henry', 'keys');
    await say(other, 'hello grace');
    await shown(page, 'hello grace').waitFor();
    expect(await page.evaluate('document.activeElement.textContent')).toBe('#lobby');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: '#lobby' }).waitFor();
  }, 60_000);

  test('logs no error of its own in all of this', () => {
    expect(errors).toEqual([]);
  });
});
