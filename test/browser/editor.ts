import type { Locator, Page } from 'playwright-core';

/** The editor as a person uses it: what is under the mouse and on the keyboard. */
export class Editor {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  node(name: string): Locator {
    return this.page.getByTestId(`node-${name}`);
  }

  get panel(): Locator {
    return this.page.getByTestId('node-panel');
  }

  parameter(path: string): Locator {
    return this.panel.getByTestId(`param-${path}`);
  }

  /** Types a value into a field, over what is there; choices are named by what is shown. */
  async fill(path: string, value: string): Promise<void> {
    const field = this.parameter(path);
    const tag = await field.evaluate((element) => element.tagName);
    if (tag === 'SELECT') await field.selectOption({ label: value });
    else await (tag === 'INPUT' || tag === 'TEXTAREA' ? field : field.locator('input, textarea')).fill(value);
  }

  /** Makes an expression of a parameter and writes it. */
  async express(path: string, text: string): Promise<void> {
    const toggle = this.panel.getByTestId(`expression-toggle-${path}`);
    if ((await toggle.getAttribute('aria-checked')) !== 'true') await toggle.click();
    await this.write(path, text);
  }

  /** Replaces the text of a code or expression field. */
  async write(path: string, text: string): Promise<void> {
    await this.parameter(path).and(this.page.locator('.cm-content')).click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.insertText(text);
  }

  /** Drags a node type from the palette to a place on the canvas, in pixels from its corner. */
  async place(type: string, at: { x: number; y: number }): Promise<void> {
    await this.page.getByTestId('add-node').click();
    await this.page.getByTestId('palette-search').fill(type.replaceAll('-', ' '));
    const item = this.page.getByTestId(`palette-item-${type}`);
    await item.dragTo(this.page.getByTestId('canvas'), { targetPosition: at });
    if (await this.page.getByTestId('palette').isVisible()) await this.page.keyboard.press('Escape');
  }

  /** Draws a connection from an output port to an input port with the mouse. */
  async connect(from: string, to: string, ports: { from?: number; to?: number } = {}): Promise<void> {
    const source = this.node(from).locator(`[data-handleid="out:main:${ports.from ?? 0}"]`);
    const target = this.node(to).locator(`[data-handleid="in:main:${ports.to ?? 0}"]`);
    const begin = await centre(source);
    const end = await centre(target);
    const { mouse } = this.page;
    await mouse.move(begin.x, begin.y);
    await mouse.down();
    await mouse.move((begin.x + end.x) / 2, (begin.y + end.y) / 2, { steps: 4 });
    await mouse.move(end.x, end.y, { steps: 4 });
    await mouse.up();
  }

  async open(name: string): Promise<void> {
    await this.node(name).dblclick();
    await this.panel.waitFor();
  }

  async closePanel(): Promise<void> {
    await this.page.getByTestId('close-panel').click();
    await this.panel.waitFor({ state: 'detached' });
  }

  async save(): Promise<void> {
    await this.page.getByTestId('save-button').click();
    await this.page.getByTestId('save-state').filter({ hasText: 'Saved' }).waitFor();
  }

  async rename(name: string): Promise<void> {
    const field = this.page.getByTestId('workflow-name');
    await field.click();
    await this.page.keyboard.press('ControlOrMeta+a');
    await this.page.keyboard.type(name);
    await this.page.keyboard.press('Enter');
  }
}

async function centre(locator: Locator): Promise<{ x: number; y: number }> {
  const box = await locator.boundingBox();
  if (!box) throw new Error('The port is not on the screen.');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
